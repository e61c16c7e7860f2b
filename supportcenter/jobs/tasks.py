"""Celery as the waker and the pool: both tasks end in the same claim and run as the embedded thread."""

from celery import shared_task

from supportcenter.jobs.workers import runner


@shared_task(name="jobs.run")
def run_job(pk):
    runner.run_one(pk)


@shared_task(name="jobs.sweep")
def sweep():
    for slow in (False, True):
        runner.run_due(slow=slow)
