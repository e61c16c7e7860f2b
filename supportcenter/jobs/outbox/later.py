"""`run_later("invitations.deliver", invitation_id=7)` adds a job, by name, in the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from supportcenter import clock
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.queues import slow_kinds
from supportcenter.jobs.outbox.wake import wake_on_commit
from supportcenter.json_types import Json
from supportcenter.kept_sql import insert

# Two processes may differ by this much when they read the shared clock. A job due now has to be due for all of them.
TOLERANCE = timedelta(seconds=0.5)


def run_later(kind: str, *, due: datetime | None = None, **payload: Json) -> Job:
    """Have the handler of `kind` called with `payload` after the caller's transaction has committed, at `due` or later.

    It is called at least once, and in rare cases twice, so handlers check the current state first.
    """
    due = due or clock.now() - TOLERANCE
    job = insert(Job(kind=kind, payload=payload, due=due, slow=kind in slow_kinds))
    wake_on_commit(job)
    return job


def run_all_later(kind: str, payloads: Iterable[dict[str, Json]]) -> list[Job]:
    """As `run_later` for each of them, by few statements and with one wake."""
    due, slow = clock.now() - TOLERANCE, kind in slow_kinds
    jobs = Job.objects.bulk_create(Job(kind=kind, payload=payload, due=due, slow=slow) for payload in payloads)
    if jobs:
        wake_on_commit(*jobs)
    return jobs
