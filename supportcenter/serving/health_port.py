"""`/livez` and `/readyz` of a worker or the clock, which serve nothing else: on 127.0.0.1, at HEALTH_PORT."""

import logging
import threading
from concurrent.futures import TimeoutError as LookTimeoutError
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.conf import settings

from supportcenter.jobs.models import Role
from supportcenter.serving import readiness
from supportcenter.serving.health_endpoints import LIVE, READY, as_json, headers_of
from supportcenter.serving.readiness import Looking, Readiness

# Seconds that a prober has for its request.
PATIENCE = 5

logger = logging.getLogger(__name__)


def answer_health(role: Role) -> ThreadingHTTPServer | None:
    """Answer from here on, in a thread; a port that somebody else has is no reason to do no work."""
    if not settings.HEALTH_PORT:
        return None
    looking = Looking(partial(readiness.look_for, role))
    handler = type("HealthOfRole", (HealthHandler,), {"looking": looking})
    try:
        server = ThreadingHTTPServer(("127.0.0.1", settings.HEALTH_PORT), handler)
    except OSError as error:
        logger.error("HEALTH_PORT: cannot listen on 127.0.0.1:%s: %s", settings.HEALTH_PORT, error)
        return None
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="health-port", daemon=True).start()
    return server


class HealthHandler(BaseHTTPRequestHandler):
    looking: Looking
    timeout = PATIENCE
    server_version, sys_version = "", ""

    def do_GET(self) -> None:  # noqa: N802 - the library's name
        if self.path not in (LIVE, READY):
            self.send_error(404)
            return
        found = self._ready() if self.path == READY else Readiness()
        body = as_json(found)
        self.send_response_only(found.code)
        for name, value in headers_of(found, body).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Probers come every few seconds."""

    def _ready(self) -> Readiness:
        look, patience = self.looking.under_way()
        try:
            return look.result(patience)
        except (TimeoutError, LookTimeoutError):
            return readiness.too_slow()
