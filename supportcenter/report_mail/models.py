from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from supportcenter import clock
from supportcenter.report_mail.reports import report_named
from supportcenter.report_mail.schedule import Rhythm, Schedule


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def due(self, now: datetime) -> SubscriptionQuerySet:
        return self.filter(next_due__lte=now).order_by("next_due")


class Subscription(models.Model):
    """A report that somebody gets by mail. It goes out once for each time at which it is due."""

    class Attachment(models.TextChoices):
        NONE = "none", _("nothing")
        XLSX = "xlsx", _("Excel file")
        CSV = "csv", _("CSV file")

    class Obstacle(models.TextChoices):
        """Why the site stopped sending it."""

        ACCOUNT = "account", _("the account is disabled")
        RIGHT = "right", _("the account may no longer read this report")
        ADDRESS = "address", _("the account has no email address that works")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="report_subscriptions",
        verbose_name=_("person"),
    )
    report = models.CharField(_("report"), max_length=40)
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    # For a weekly one; 0 for all others.
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=[*WEEKDAYS.items()], default=0)
    hour = models.PositiveSmallIntegerField(_("hour"), default=7, validators=[MaxValueValidator(23)])
    attachment = models.CharField(_("attached"), max_length=4, choices=Attachment.choices, default=Attachment.XLSX)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    # None: it is switched off.
    next_due = models.DateTimeField(_("next"), null=True)
    # The time at which the last one that was sent was due.
    sent_due = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("last sent"), null=True, editable=False)
    switched_off_at = models.DateTimeField(_("switched off"), null=True, editable=False)
    obstacle = models.CharField(_("reason"), max_length=8, choices=Obstacle.choices, blank=True, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("report by mail")
        verbose_name_plural = _("reports by mail")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "report", "rhythm", "weekday", "hour"], name="report_goes_once_to_a_person"
            )
        ]
        indexes = [
            models.Index(fields=["next_due"], condition=models.Q(next_due__isnull=False), name="report_mail_due")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The report's name as its page has it."""
        report = report_named(self.report)
        return str(report.title) if report else self.report

    @property
    def is_on(self) -> bool:
        return self.next_due is not None

    @property
    def schedule(self) -> Schedule:
        return Schedule(self.rhythm, self.weekday, self.hour, timezone.get_default_timezone())

    def plan(self, now: datetime) -> datetime:
        """Move on to the next time after `now`; answers the latest one that is due, whatever was missed before it."""
        assert self.next_due is not None
        due = max(self.next_due, self.schedule.latest_until(now))
        self.next_due = self.schedule.next_after(now)
        self.save(update_fields=["next_due"])
        return due

    def switch_off(self, obstacle: str, now: datetime) -> None:
        self.next_due, self.obstacle, self.switched_off_at = None, obstacle, now
        self.save(update_fields=["next_due", "obstacle", "switched_off_at"])
