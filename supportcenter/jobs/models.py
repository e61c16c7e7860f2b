from datetime import timedelta

from django.db import models
from django.db.models.functions import Coalesce, Greatest

from supportcenter import clock

MOST_ATTEMPTS = 8
ERROR_CHARACTERS = 4000


class JobQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(failed_at=None)

    def of_lane(self, slow):
        # As a value: of a bare False Django makes NOT, for which SQLite does not use the index.
        return self if slow is None else self.filter(slow=models.Value(slow))

    def next_due(self):
        """When there will be something to claim, or None. A leased job is in somebody's hands until its lease ends."""
        free_at = Greatest("due", Coalesce("lease_until", "due"))
        return self.pending().aggregate(at=models.Min(free_at))["at"]


class Job(models.Model):
    """One thing to do later, by name. It leaves the table when done, and stays as failed after the last attempt."""

    kind = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    # Of a job that comes again for ever there is one row, however many processes plan it.
    recurring = models.CharField(max_length=80, null=True, unique=True, editable=False)
    # Its lane: see lanes.py.
    slow = models.BooleanField(default=False, editable=False)
    due = models.DateTimeField(default=clock.now)
    # Whoever claims the job has it until then; a process that dies leaves it to the others after that.
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["slow", "due", "id"], condition=models.Q(failed_at=None), name="jobs_pending_by_lane")
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def is_spent(self):
        """Claimed once too often: the process died each time, so the job may be what kills it."""
        return self.attempts > MOST_ATTEMPTS

    def finish(self, *, every, now):
        """Leave the table, or come again after the time `every`."""
        mine = Job.objects.filter(pk=self.pk)
        if every:
            mine.update(due=now + every, lease_until=None, attempts=0, error="")
        else:
            mine.delete()

    def postpone_or_give_up(self, error, *, now):
        """Note why the attempt failed; another follows after 5, 15, 45 … seconds, until the last (a clock has none)."""
        again = self.attempts < MOST_ATTEMPTS or self.recurring
        Job.objects.filter(pk=self.pk, attempts=self.attempts).update(
            error=error[-ERROR_CHARACTERS:],
            lease_until=None,
            due=now + timedelta(seconds=5 * 3 ** min(self.attempts - 1, 6)) if again else self.due,
            failed_at=None if again else now,
        )
