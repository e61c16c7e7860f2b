from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from supportcenter import clock

MOST_ATTEMPTS = 8
# How soon a job is tried again that failed because nothing could be stored.
AGAIN_WHEN_FULL = timedelta(seconds=30)
ERROR_CHARACTERS = 4000


class JobQuerySet(models.QuerySet["Job"]):
    def pending(self) -> JobQuerySet:
        return self.filter(failed_at=None)

    def of_queue(self, slow: bool | None) -> JobQuerySet:
        """The slow queue, the fast one or, with None, both."""
        # As a value: Django turns a bare False into NOT, for which SQLite does not use the index.
        return self if slow is None else self.filter(slow=models.Value(slow))

    def next_due(self) -> datetime | None:
        """When the next job can be claimed; None if none is pending. A leased job can be when its lease ends."""
        free_at = Greatest("due", Coalesce("lease_until", "due"))
        return self.pending().aggregate(at=models.Min(free_at))["at"]


class Job(models.Model):
    """One thing to do later, by name. It is deleted when done, and kept as failed after the last attempt."""

    kind = models.CharField(_("kind"), max_length=80)
    payload = models.JSONField(default=dict)
    # The kind again for a recurring job, of which there is one row, however many processes plan it.
    recurring = models.CharField(max_length=80, null=True, unique=True, editable=False)
    # Its queue: see outbox/queues.py.
    slow = models.BooleanField(default=False, editable=False)
    due = models.DateTimeField(_("due"), default=clock.now)
    # The process that claimed the job has it until then. If that process dies, others may claim it afterwards.
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    failed_at = models.DateTimeField(_("failed at"), null=True, blank=True)
    error = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("job"), _("jobs")
        indexes = [
            models.Index(fields=["slow", "due", "id"], condition=models.Q(failed_at=None), name="jobs_pending_by_lane")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_spent(self) -> bool:
        """Claimed once too often: the process died each time, and the job may be the cause."""
        return self.attempts > MOST_ATTEMPTS

    def finish(self, *, every: timedelta | None, now: datetime) -> None:
        """Delete the job or, if it recurs, make it due again after `every`.

        Not if another has claimed it meanwhile: that attempt may fail, and then wants the next.
        """
        mine = self._mine()
        if every:
            mine.update(due=now + every, lease_until=None, attempts=0, error="")
        else:
            mine.delete()

    def renew(self, *, until: datetime) -> bool:
        """Keep others from claiming it. False if this attempt is over: done, postponed, or claimed by another."""
        return self._mine().update(lease_until=until) == 1

    def give_back(self, why: str, *, now: datetime) -> None:
        """Nothing could be stored, which says nothing about the job: this attempt does not count."""
        self._mine().update(
            error=why[-ERROR_CHARACTERS:], lease_until=None, due=now + AGAIN_WHEN_FULL, attempts=self.attempts - 1
        )

    def postpone_or_give_up(self, error: str, *, now: datetime) -> None:
        """Note why the attempt failed. The next follows after 5, 15, 45 … seconds; a recurring job has no last one."""
        again = self.attempts < MOST_ATTEMPTS or self.recurring
        self._mine().update(
            error=error[-ERROR_CHARACTERS:],
            lease_until=None,
            due=now + timedelta(seconds=5 * 3 ** min(self.attempts - 1, 6)) if again else self.due,
            failed_at=None if again else now,
        )

    def _mine(self) -> JobQuerySet:
        """The row, while this attempt has it: not once it is claimed again, or given back, which counts one less."""
        return Job.objects.filter(pk=self.pk, attempts=self.attempts).exclude(lease_until=None)


class Role(models.TextChoices):
    """What a process of the site does; each leaves heartbeats."""

    WEB = "web", _("web")
    # The threads of `serve` that run jobs where no worker does.
    RUNNER = "runner", _("runner of jobs")
    WORKER = "worker", _("worker")
    CLOCK = "clock", _("clock")
    # A sweep of the clock has come to a worker: both do what they are for.
    SWEEP = "sweep", _("sweeps")


class Heartbeat(models.Model):
    """A process was alive at that time, by the database's clock. It takes its row away when it stops in good order."""

    role = models.CharField(max_length=10, choices=Role.choices)
    # Machine and number of the process.
    name = models.CharField(max_length=120)
    at = models.DateTimeField()
    # Tells two secret keys apart without saying anything of them.
    key_mark = models.CharField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "name"], name="jobs_one_heartbeat_a_process")]

    def __str__(self) -> str:
        return f"{self.role} {self.name}"
