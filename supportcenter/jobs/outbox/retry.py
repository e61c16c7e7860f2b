"""Try a job again that has failed for good."""

from django.db import transaction

from supportcenter import clock
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.later import TOLERANCE
from supportcenter.jobs.outbox.wake import wake_on_commit


@transaction.atomic
def retry(job: Job) -> bool:
    """Make it due now, with all its attempts before it; what kept it from being done stays to be read until then.

    False if it has not failed: somebody has retried or deleted it meanwhile.
    """
    failed = Job.objects.filter(pk=job.pk).exclude(failed_at=None)
    was_failed = failed.update(failed_at=None, attempts=0, lease_until=None, due=clock.now() - TOLERANCE) == 1
    if was_failed:
        wake_on_commit(Job.objects.get(pk=job.pk))
    return was_failed
