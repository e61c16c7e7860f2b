"""Errors of the site, sent to where SENTRY_DSN says: which, and where in the code. Nothing of whose request it was.

What is left out could hold what people wrote, or opens something: the request with its path, cookies and body, the
values of variables, the message of an exception (a database quotes the row), and all lines of the log before it.
"""

from collections.abc import Mapping
from typing import Any

import sentry_sdk
from django.conf import settings
from sentry_sdk.integrations import Integration
from sentry_sdk.integrations.django import DjangoIntegration

from supportcenter import trace
from supportcenter.version import VERSION

KEPT = {
    "contexts", "environment", "event_id", "exception", "level", "logger", "modules", "platform", "release", "sdk",
    "server_name", "tags", "timestamp", "type",
}  # fmt: skip
KEPT_CONTEXTS = {"runtime", "trace"}
KEPT_OF_EXCEPTION = {"type", "module", "mechanism", "stacktrace"}
KEPT_OF_FRAME = {"filename", "abs_path", "function", "module", "lineno", "in_app", "context_line"}


def begin() -> None:
    integrations: list[Integration] = [DjangoIntegration(transaction_style="function_name", middleware_spans=False)]
    if settings.JOBS_RUNNER == "celery":
        from sentry_sdk.integrations.celery import CeleryIntegration

        integrations.append(CeleryIntegration())
    sentry_sdk.init(
        settings.SENTRY_DSN,
        release=VERSION,
        environment=str(settings.SITE.hostname),
        integrations=integrations,
        auto_enabling_integrations=False,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        before_send=without_people,
        # A level means gzip. Without one the library takes brotli where that is installed, as it is for static files,
        # and not every receiver can read it.
        _experiments={"transport_compression_level": 9},
    )


def without_people(event: Any, hint: Mapping[str, Any]) -> Any:
    """What is known to be ours, and nothing else: what the library adds some day is left out as well."""
    kept = {name: value for name, value in event.items() if name in KEPT}
    kept["contexts"] = {name: value for name, value in event.get("contexts", {}).items() if name in KEPT_CONTEXTS}
    values = (event.get("exception") or {}).get("values") or []
    kept["exception"] = {"values": [_bare(each) for each in values]}
    kept["tags"] = trace.current()
    if not values:
        # A line that is logged as an error: its words as they stand in the code, without what was put into them.
        kept["message"] = str((event.get("logentry") or {}).get("message", ""))
    return kept


def _bare(exception: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in exception.items() if name in KEPT_OF_EXCEPTION}
    if stack := kept.get("stacktrace"):
        kept["stacktrace"] = {"frames": [_only(KEPT_OF_FRAME, frame) for frame in stack["frames"]]}
    if mechanism := kept.get("mechanism"):
        kept["mechanism"] = _only({"type", "handled", "exception_id", "parent_id", "source"}, mechanism)
    return kept


def _only(names: set[str], found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name in names}
