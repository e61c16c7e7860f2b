"""What becomes of the jobs that were waiting when a backup was made."""

from supportcenter import clock
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.queues import outward_kinds


def let_go() -> None:
    """The processes that had claimed jobs are gone."""
    Job.objects.exclude(lease_until=None).update(lease_until=None)


def hold_mail(made_at: str) -> int:
    """Put aside what would reach people a second time if it was sent since the backup; how many.

    Each is listed with the jobs that have failed, where an admin may have it tried again.
    """
    waiting = Job.objects.pending().filter(kind__in=outward_kinds, recurring=None)
    return waiting.update(
        failed_at=clock.now(),
        error=f"Held back by a restore: it was waiting on {made_at}, and may have been sent since.",
    )
