"""Which function handles a kind of job, and running what is due, for the embedded threads and Celery's workers."""

import logging
import threading
import traceback
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import TypeVar

from django.utils.functional import Promise

from supportcenter import clock, metrics, trace
from supportcenter.jobs import kinds as known_kinds
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.claim import claim
from supportcenter.jobs.outbox.queues import outward_kinds, slow_kinds, urgent_kinds
from supportcenter.jobs.workers.lease import kept
from supportcenter.jobs.workers.startup import on_startup
from supportcenter.refusals.files_away import FilesAway
from supportcenter.refusals.storage_full import is_storage_full, log_storage_full

logger = logging.getLogger(__name__)
# A handler takes its job's payload; what it returns is ignored.
Handler = TypeVar("Handler", bound=Callable[..., object])
_handlers: dict[str, Callable[..., object]] = {}
_recurring: dict[str, timedelta] = {}
# Jobs that failed for want of storage, and that there was no storage to give back either.
_not_given_back: dict[int, tuple[Job, str]] = {}


class NoHandlerError(LookupError):
    """No handler is registered for this kind: the worker is older than the site, or the code has dropped the kind."""


class SpentError(RuntimeError):
    """Claimed once too often: the process died each time."""


def handler(
    kind: str,
    *,
    every: timedelta | None = None,
    slow: bool = False,
    outward: bool = False,
    urgent: bool = False,
    words: str | Promise | None = None,
) -> Callable[[Handler], Handler]:
    """Register the decorated function in an app's `jobs.py` for jobs of `kind`; it is called with their payload.

    With `every` the job recurs by itself at that interval, once for the whole site. A `slow` one waits for others or
    runs for long, and belongs to the slow queue (`outbox/queues.py`); an `urgent` one among them is short, and does not
    stand behind what is not. An `outward` one reaches people outside the site. `words` say in the admin what it does.
    """

    def register(function: Handler) -> Handler:
        assert _handlers.setdefault(kind, function) is function, f"{kind} has a handler already"
        if every:
            _recurring[kind] = every
        if slow:
            slow_kinds.add(kind)
        if urgent:
            urgent_kinds.add(kind)
        if outward:
            outward_kinds.add(kind)
        if words:
            known_kinds.words[kind] = words
        return function

    return register


def run_due(
    now: datetime | None = None,
    *,
    until: threading.Event | None = None,
    slow: bool | None = None,
    kinds: Collection[str] = (),
    but: Collection[str] = (),
    before_each: Callable[[], object] = lambda: None,
) -> int:
    """Run all due jobs, one after another, and return how many were tried. `until` stops it between two jobs.

    With `slow` only the jobs of that queue, with `kinds` only these, with `but` not those. With `now` (in tests) it is
    that time throughout.
    While nothing can be stored nothing can be claimed either, so this raises the database's error, and no job uses up
    its attempts.
    """
    tried = 0
    for lost, why in list(_not_given_back.values()):
        _give_back(lost, why, now=now or clock.now())
    while not (until and until.is_set()) and (job := claim(now or clock.now(), slow=slow, kinds=kinds, but=but)):
        before_each()
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
    with trace.of_job(f"{job.kind}-{job.pk}"):
        outcome = _run(job, now=now)
    metrics.count("jobs", kind=job.kind if job.kind in _handlers else "unknown", outcome=outcome)


def _run(job: Job, *, now: datetime | None) -> str:
    """What came of it: `done`, `failed`, or `given_back` for want of storage."""
    try:
        if job.is_spent and not job.recurring:
            raise SpentError(job)
        with kept(job):
            _handler_of(job)(**job.payload)
    except Exception as error:
        if is_storage_full(error):
            log_storage_full(error)
            _give_back(job, traceback.format_exc(), now=now or clock.now())
            return "given_back"
        elif isinstance(error, FilesAway):
            # The storage has said so in the log.
            _give_back(job, traceback.format_exc(), now=now or clock.now())
            return "given_back"
        else:
            logger.exception("%s failed, attempt %s", job, job.attempts)
            job.postpone_or_give_up(traceback.format_exc(), now=now or clock.now())
            return "failed"
    _finish(job, now=now or clock.now())
    return "done"


def _finish(job: Job, *, now: datetime) -> None:
    try:
        job.finish(every=_recurring.get(job.kind), now=now)
    except Exception as error:
        if is_storage_full(error):
            _not_given_back[job.pk] = job, traceback.format_exc()
        raise


def _give_back(job: Job, why: str, *, now: datetime) -> None:
    """Give the job back as if it had not been tried, at once or, if not even that can be stored, before the next one.

    Raises the database's error then.
    """
    _not_given_back[job.pk] = job, why
    job.give_back(why, now=now)
    _not_given_back.pop(job.pk, None)


def _handler_of(job: Job) -> Callable[..., object]:
    if job.kind not in _handlers:
        raise NoHandlerError(job.kind)
    return _handlers[job.kind]
