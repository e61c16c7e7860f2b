"""Whether this process can serve, for `/readyz`: what is failing, and what is missing without which it serves as well.

The absence of a worker is no reason to take the web processes out: then nobody could enter, for want of mail.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.db import close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor

from supportcenter import redis_client
from supportcenter.jobs.models import Role
from supportcenter.jobs.workers.heartbeat import heard_of, needed

# Seconds: how long an answer of the database is waited for, and how long a result is good.
PATIENCE, GOOD_FOR = 2, 1

# The process stops: a proxy sends nothing new.
draining = threading.Event()


@dataclass
class Readiness:
    failing: dict[str, str] = field(default_factory=dict)
    degraded: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> str:
        return "unavailable" if self.failing else "degraded" if self.degraded else "ok"

    @property
    def code(self) -> int:
        return 503 if self.failing else 200


class Looking:
    """Looks once for all who ask, in a thread of its own, and not again within a second."""

    def __init__(self, look: Callable[[], Readiness]) -> None:
        self._look = look
        self._pool = ThreadPoolExecutor(1, "readiness")
        self._lock = threading.Lock()
        self._running: Future[Readiness] | None = None
        self._begun = self._ended = 0.0

    def under_way(self) -> tuple[Future[Readiness], float]:
        """The look that counts, and for how many seconds to wait for it."""
        with self._lock:
            now = time.monotonic()
            if self._running is None or (self._running.done() and now - self._ended >= GOOD_FOR):
                self._begun = now
                self._running = self._pool.submit(self._once)
            return self._running, max(0.0, self._begun + PATIENCE - now)

    def _once(self) -> Readiness:
        try:
            close_old_connections()
            return self._look()
        except Exception as error:
            # No words of the driver: they may name the server, and its user.
            return Readiness(failing={"database": f"does not answer ({type(error).__name__})"})
        finally:
            self._ended = time.monotonic()


def too_slow() -> Readiness:
    return Readiness(failing={"database": f"no answer within {PATIENCE} seconds"})


def is_draining() -> Readiness:
    return Readiness(failing={"process": "is stopping"})


@cache
def looking() -> Looking:
    """For the web process."""
    return Looking(look_for_web)


def look_for_web() -> Readiness:
    found = Readiness()
    heard = {heartbeat.role for heartbeat in heard_of()}
    for role in needed(settings.JOBS_RUNNER):
        if role not in heard:
            found.degraded[role.value] = "no heartbeat within the last minute"
    if not _migrations.are_applied():
        found.failing["migrations"] = "are not all applied"
    if settings.REDIS_URL:
        _ask_redis(found)
    return found


def look_for(role: Role) -> Readiness:
    """For a worker or the clock, whose own heart is in the database."""
    found = Readiness()
    heard = {(heartbeat.role, heartbeat.name) for heartbeat in heard_of()}
    if not any(each == role for each, _ in heard):
        found.failing[role.value] = "no heartbeat within the last minute"
    if not _migrations.are_applied():
        found.failing["migrations"] = "are not all applied"
    return found


def _ask_redis(found: Readiness) -> None:
    url = settings.REDIS_URL

    def ask() -> bool:
        with redis_client.client(url) as client:
            return bool(client.ping())

    if not redis_client.breaker(url).ask(ask, lambda: False):
        found.degraded["redis"] = "does not answer"


class _Migrations:
    """Looking costs tens of milliseconds, and what is applied stays so."""

    applied = False

    def are_applied(self) -> bool:
        if not self.applied:
            executor = MigrationExecutor(connection)
            self.applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        return self.applied


_migrations = _Migrations()
