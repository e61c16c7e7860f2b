"""Broken requests in the log: strangers send them, so each is one line, without a traceback."""

import logging

from supportcenter import security_log

# A form of another site or an old page: `csrf.py` writes its line.
CSRF = "django.security.csrf"


class RefusedRequests(logging.Handler):
    """For `django.security`: what Django refuses goes to the security log, by the name of its kind."""

    def createLock(self) -> None:  # noqa: N802 - logging's own name
        """None: the line is written under a lock of its own, and no other waits while the database takes the entry."""
        self.lock = None

    def emit(self, record: logging.LogRecord) -> None:
        request = getattr(record, "request", None)
        if record.name == CSRF:
            return
        match = getattr(request, "resolver_match", None)
        security_log.warn(
            "request_refused",
            kind=record.name.rpartition(".")[2],
            address=request.META.get("REMOTE_ADDR") if request else None,
            # Not the path: it may hold a secret.
            page=match.view_name if match else None,
        )


class WithoutTheirTraceback(logging.Filter):
    """For `django.request`: a traceback only where the fault is the site's own, and does not pass by itself."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 500) != 500:
            record.exc_info = None
        return True
