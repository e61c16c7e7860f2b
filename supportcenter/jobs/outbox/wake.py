"""Tell the runner that a job was added. Only a hint: losing one costs seconds, never the job."""

import threading

from django.conf import settings
from django.db import transaction

from supportcenter import clock
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox import celery_wake

# Set when this process commits a job; each thread of the embedded runner sleeps on one.
alarms: set[threading.Event] = set()


def wake_on_commit(*jobs: Job) -> None:
    # Robust, and a lambda (Django cannot name a partial when it logs one): a hint must not fail what has committed.
    transaction.on_commit(lambda: _wake(jobs), robust=True)


def _wake(jobs: tuple[Job, ...]) -> None:
    if settings.JOBS_RUNNER == "embedded":
        for alarm in tuple(alarms):
            alarm.set()
        return
    for job in jobs:
        if job.due <= clock.now():
            celery_wake.post(job.pk)
