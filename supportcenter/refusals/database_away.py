"""A database that is away, or kept busy by others, is no fault in the request: it passes, and pages ask again."""

import sys
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from supportcenter import metrics, trace
from supportcenter.refusals.answers import refusal_as_json
from supportcenter.refusals.errors import Refused
from supportcenter.responses import wants_json

# Seconds.
RETRY_AFTER = 5
# PostgreSQL's classes and codes: the connection broke, or the server stops, starts, or ends it.
LOST = ("08", "57P0")
BUSY_ON_SQLITE = ("SQLITE_BUSY", "SQLITE_LOCKED")


class DatabaseAway(Refused):
    code = "database_away"
    status = 503
    message = _("The site cannot reach its database at the moment. Try again in a moment.")
    try_again_later = True

    def __init__(self) -> None:
        super().__init__(retry_after=RETRY_AFTER)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of an error of ours, with the number by which the log knows it; 503 where the database is away.

    Without the request, whose context would ask the database for the site's policy.
    """
    if not is_database_away(sys.exc_info()[1]):
        return HttpResponse(render_to_string("errors/500.html", {"request_id": trace.request_id()}), status=500)
    refusal = DatabaseAway()
    metrics.count("refusals", code=refusal.code)
    if wants_json(request):
        response: HttpResponse = refusal_as_json(refusal)
    else:
        response = HttpResponse(render_to_string("errors/500.html", {"refusal": refusal}), status=refusal.status)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def is_database_away(error: BaseException | None) -> bool:
    return any(_says_away(each) for each in _behind(error))


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _says_away(error: BaseException) -> bool:
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    driver = error.__cause__
    sqlite_name = getattr(driver, "sqlite_errorname", None)
    if sqlite_name is not None:
        return str(sqlite_name).startswith(BUSY_ON_SQLITE)
    # A connection that broke without a word from the server has no code.
    code = getattr(driver, "sqlstate", "")
    return code is None or code.startswith(LOST) if driver is not None and code != "" else False
