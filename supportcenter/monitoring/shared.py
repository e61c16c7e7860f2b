"""What all processes share: read from database and Redis every few seconds at most, however often it is asked for."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Q
from prometheus_client.core import GaugeMetricFamily

from sessions_app.models import SupportSession
from supportcenter import clock
from supportcenter.jobs.models import Job
from supportcenter.redis_client import client
from webacd.models import Queue, QueueEntry

# Seconds for which an answer is good.
GOOD_FOR = 5
# A job that nobody has taken up for so long is late: the runner looks every second, the clock every two.
LATE = timedelta(minutes=1)
NO_QUEUE = "none"


@dataclass
class Shared:
    """Numbers of one moment; those of the database only if it answered."""

    database_up: bool = False
    # None without Redis.
    redis_up: bool | None = None
    sessions: int = 0
    waiting: dict[str, int] = field(default_factory=dict)
    jobs: dict[str, dict[str, int]] = field(default_factory=dict)

    def families(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily("support_database_up", "Whether the database answers.", value=self.database_up)
        if self.redis_up is not None:
            yield GaugeMetricFamily("support_redis_up", "Whether Redis answers.", value=self.redis_up)
        if self.database_up:
            yield GaugeMetricFamily("support_sessions_open", "Sessions that have not ended.", value=self.sessions)
            waiting = GaugeMetricFamily("support_queue_waiting", "Customers who wait in a queue.", labels=["queue"])
            for queue, number in self.waiting.items():
                waiting.add_metric([queue], number)
            yield waiting
            for state, words in STATES.items():
                family = GaugeMetricFamily(f"support_jobs_{state}", words, labels=["kind"])
                for kind, number in self.jobs[state].items():
                    family.add_metric([kind], number)
                yield family


STATES = {
    "pending": "Jobs that are to be done, now or later.",
    "overdue": "Jobs that should have been taken up a minute ago or earlier.",
    "failed": "Jobs that were given up; Django admin lists them.",
}

_reading = threading.Lock()
_last: tuple[float, Shared] | None = None


def shared() -> Shared:
    """In a thread that may wait: a database that is away takes its time to say so."""
    global _last
    with _reading:
        if _last is None or time.monotonic() - _last[0] > GOOD_FOR:
            found = _read()
            _last = time.monotonic(), found
        return _last[1]


def forget() -> None:
    global _last
    _last = None


def _read() -> Shared:
    found = Shared(redis_up=_redis_answers() if settings.REDIS_URL else None)
    with suppress(DatabaseError):
        found.sessions = SupportSession.objects.open().count()
        found.waiting = _waiting()
        found.jobs = _jobs()
        found.database_up = True
    return found


def _waiting() -> dict[str, int]:
    """Every queue, also one in which nobody waits; and who waits for chosen agents in none."""
    counted = QueueEntry.objects.values_list("queue__slug").annotate(number=Count("pk"))
    return {**dict.fromkeys(Queue.objects.values_list("slug", flat=True), 0), **{s or NO_QUEUE: n for s, n in counted}}


def _jobs() -> dict[str, dict[str, int]]:
    now = clock.now()
    is_pending = Q(failed_at=None)
    is_free = Q(lease_until=None) | Q(lease_until__lt=now)
    rows = Job.objects.values("kind").annotate(
        pending=Count("pk", filter=is_pending),
        overdue=Count("pk", filter=is_pending & is_free & Q(due__lt=now - LATE)),
        failed=Count("pk", filter=~is_pending),
    )
    counted = list(rows.order_by("kind"))
    return {state: {row["kind"]: row[state] for row in counted} for state in STATES}


def _redis_answers() -> bool:
    try:
        with client(settings.REDIS_URL) as redis:
            return bool(redis.ping())
    except Exception:
        return False


def close_connection() -> None:
    """For a thread that reads now and then: a connection each would be kept for nothing."""
    connection.close()
