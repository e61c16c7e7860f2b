"""Which function handles a kind of job, and running what is due, for the embedded threads and Celery's workers."""

import logging
import threading
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from supportcenter import clock
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.claim import claim
from supportcenter.jobs.outbox.queues import slow_kinds
from supportcenter.jobs.workers.startup import on_startup

logger = logging.getLogger(__name__)
# A handler takes its job's payload; what it returns is ignored.
Handler = TypeVar("Handler", bound=Callable[..., object])
_handlers: dict[str, Callable[..., object]] = {}
_recurring: dict[str, timedelta] = {}


class NoHandlerError(LookupError):
    """No handler is registered for this kind: the worker is older than the site, or the code has dropped the kind."""


class SpentError(RuntimeError):
    """Claimed once too often: the process died each time."""


def handler(kind: str, *, every: timedelta | None = None, slow: bool = False) -> Callable[[Handler], Handler]:
    """Register the decorated function in an app's `jobs.py` for jobs of `kind`; it is called with their payload.

    With `every` the job recurs by itself at that interval, once for the whole site. A `slow` one waits for others or
    runs for long, and belongs to the slow queue (`outbox/queues.py`).
    """

    def register(function: Handler) -> Handler:
        assert _handlers.setdefault(kind, function) is function, f"{kind} has a handler already"
        if every:
            _recurring[kind] = every
        if slow:
            slow_kinds.add(kind)
        return function

    return register


def run_due(now: datetime | None = None, *, until: threading.Event | None = None, slow: bool | None = None) -> int:
    """Run all due jobs, one after another, and return how many were tried. `until` stops it between two jobs.

    With `slow` only the jobs of that queue. With `now` (in tests) it is that time throughout.
    """
    tried = 0
    while not (until and until.is_set()) and (job := claim(now or clock.now(), slow=slow)):
        run(job, now=now)
        tried += 1
    return tried


@on_startup
def plan_recurring() -> None:
    """Keep exactly one row for each recurring job; the first run is one interval from now."""
    now = clock.now()
    Job.objects.exclude(recurring=None).exclude(recurring__in=_recurring).delete()
    rows = [
        Job(kind=kind, recurring=kind, due=now + every, slow=kind in slow_kinds) for kind, every in _recurring.items()
    ]
    Job.objects.bulk_create(rows, update_conflicts=True, unique_fields=["recurring"], update_fields=["slow"])


def run_one(pk: int) -> bool:
    """Run this job if it still exists, is due and is not claimed by another process. Returns whether it was tried."""
    job = claim(clock.now(), pk=pk)
    if job:
        run(job)
    return job is not None


def run(job: Job, *, now: datetime | None = None) -> None:
    """Call the handler of a claimed job. If it raises, the traceback is kept with the job, which is tried again."""
    try:
        if job.is_spent and not job.recurring:
            raise SpentError(job)
        _handler_of(job)(**job.payload)
    except Exception:
        logger.exception("%s failed, attempt %s", job, job.attempts)
        job.postpone_or_give_up(traceback.format_exc(), now=now or clock.now())
    else:
        job.finish(every=_recurring.get(job.kind), now=now or clock.now())


def _handler_of(job: Job) -> Callable[..., object]:
    if job.kind not in _handlers:
        raise NoHandlerError(job.kind)
    return _handlers[job.kind]
