"""`run_later("invitations.deliver", invitation_id=7)`: a row in the caller's transaction, by name."""

from datetime import datetime, timedelta

from supportcenter import clock
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.queues import slow_kinds
from supportcenter.jobs.outbox.wake import wake_on_commit

# By how much two processes may read their shared clock apart: what is due at once is due for all of them.
READ_APART = timedelta(seconds=0.5)


def run_later(kind: str, *, due: datetime | None = None, **payload) -> Job:
    """Have the handler of `kind` called with `payload` once the caller's transaction has committed, not before `due`.

    At least once, that is: seldom twice, so handlers look at the state of things first.
    """
    job = Job.objects.create(kind=kind, payload=payload, due=due or clock.now() - READ_APART, slow=kind in slow_kinds)
    wake_on_commit(job)
    return job
