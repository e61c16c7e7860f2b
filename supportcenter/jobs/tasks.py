"""Celery's tasks, which claim and run jobs in the same way as the embedded threads."""

from celery import shared_task

from supportcenter.jobs.models import Role
from supportcenter.jobs.workers import runner
from supportcenter.jobs.workers.heartbeat import Pulse
from supportcenter.refusals.storage_full import storage_full_is_logged

# One row, whichever worker it came to.
sweeps = Pulse(Role.SWEEP, name="sweep")


@shared_task(name="jobs.run")
def run_job(pk: int) -> None:
    with storage_full_is_logged():
        runner.run_one(pk)


@shared_task(name="jobs.sweep")
def sweep() -> None:
    sweeps.beat_if_due()
    for slow in (False, True):
        with storage_full_is_logged():
            runner.run_due(slow=slow)
