"""Who does a kind of job, and doing what is due. The embedded thread and Celery's workers both come through here."""

import logging
import threading
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta

from supportcenter import clock
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.claim import claim
from supportcenter.jobs.outbox.queues import slow_kinds
from supportcenter.jobs.workers.startup import on_startup

logger = logging.getLogger(__name__)
_handlers: dict[str, Callable] = {}
_recurring: dict[str, timedelta] = {}


class NoHandlerError(LookupError):
    """Nobody registered for this kind: a worker older than the site, or a name gone from the code."""


class SpentError(RuntimeError):
    """Claimed once too often: the process died each time."""


def handler(kind: str, *, every: timedelta | None = None, slow: bool = False):
    """Register the decorated function in an app's `jobs.py` for jobs of `kind`; it is called with their payload.

    With `every` nobody asks for the job: it comes by itself, again and again, once for the whole site. A `slow` one
    waits for others or works for long, and has a lane of its own (lanes.py).
    """

    def register(function):
        assert _handlers.setdefault(kind, function) is function, f"{kind} has a handler already"
        if every:
            _recurring[kind] = every
        if slow:
            slow_kinds.add(kind)
        return function

    return register


def run_due(now: datetime | None = None, *, until: threading.Event | None = None, slow: bool | None = None) -> int:
    """Do everything that is due, one after another; say how many were tried. `until` stops between two jobs.

    With `now` (in tests) it is that time throughout; with `slow` it is the work of one lane.
    """
    tried = 0
    while not (until and until.is_set()) and (job := claim(now or clock.now(), slow=slow)):
        run(job, now=now)
        tried += 1
    return tried


@on_startup
def plan_recurring() -> None:
    """Have a row for each job that comes by itself, and for no other; the first time is one interval from now."""
    now = clock.now()
    Job.objects.exclude(recurring=None).exclude(recurring__in=_recurring).delete()
    rows = [
        Job(kind=kind, recurring=kind, due=now + every, slow=kind in slow_kinds) for kind, every in _recurring.items()
    ]
    Job.objects.bulk_create(rows, update_conflicts=True, unique_fields=["recurring"], update_fields=["slow"])


def run_one(pk: int) -> bool:
    """Do this job if it is still there, due and in nobody's hands."""
    job = claim(clock.now(), pk=pk)
    if job:
        run(job)
    return job is not None


def run(job: Job, *, now: datetime | None = None) -> None:
    """Call the handler of a claimed job. Whatever it raises is kept with the job, which is tried again later."""
    try:
        if job.is_spent and not job.recurring:
            raise SpentError(job)
        _handler_of(job)(**job.payload)
    except Exception:
        logger.exception("%s failed, attempt %s", job, job.attempts)
        job.postpone_or_give_up(traceback.format_exc(), now=now or clock.now())
    else:
        job.finish(every=_recurring.get(job.kind), now=now or clock.now())


def _handler_of(job):
    if job.kind not in _handlers:
        raise NoHandlerError(job.kind)
    return _handlers[job.kind]
