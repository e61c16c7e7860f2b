from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supportcenter import clock
from supportcenter.accounts.capability_field import CapabilitiesField
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.accounts.models.counts import count
from supportcenter.text.bilingual import in_both_languages
from supportcenter.text.time_zones import known_time_zone
from webacd.engine.opening_times import Timetable

if TYPE_CHECKING:
    from webacd.models.agent import Agent
    from webacd.models.support_request import SupportRequest


class QueueQuerySet(models.QuerySet["Queue"]):
    def with_timetable(self) -> QueueQuerySet:
        """With everything that `is_open` reads."""
        return self.prefetch_related("opening_hours", "holidays")

    def default(self) -> Queue | None:
        """The queue that takes what has no other place to go."""
        return self.filter(is_default=True).first()

    def managed_by(self, user: User) -> QueueQuerySet:
        return self if user.is_manager else self.filter(managers=user)


class Queue(models.Model):
    """A queue of waiting customers, and the strategy by which its agents get them (E21)."""

    class Strategy(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody")
        MOST_IDLE = "most_idle", _("Most idle")
        ROUND_ROBIN = "round_robin", _("Round robin")
        FEWEST_SESSIONS = "fewest_sessions", _("Fewest sessions")

    class EmailQuestion(models.TextChoices):
        HIDDEN = "hidden", _("not asked for")
        OPTIONAL = "optional", _("optional")
        REQUIRED = "required", _("required")

    slug = models.SlugField(_("address"), unique=True, help_text=_("The entry link is /queues/…/."))
    name = models.CharField(_("name, English"), max_length=80)
    name_ar = models.CharField(_("name, Arabic"), max_length=80, blank=True)
    description = models.CharField(_("description, English"), max_length=300, blank=True)
    description_ar = models.CharField(_("description, Arabic"), max_length=300, blank=True)
    told = models.CharField(_("message to waiting customers, English"), max_length=300, blank=True)
    told_ar = models.CharField(_("message to waiting customers, Arabic"), max_length=300, blank=True)
    email_question = models.CharField(
        _("email address in the entry form"),
        max_length=8,
        choices=EmailQuestion.choices,
        default=EmailQuestion.OPTIONAL,
    )

    agents: models.ManyToManyField[Agent, QueueMembership] = models.ManyToManyField(
        "Agent", through="QueueMembership", related_name="queues", verbose_name=_("agents")
    )
    managers = models.ManyToManyField(
        "accounts.User",
        blank=True,
        related_name="managed_queues",
        verbose_name=_("managers"),
        help_text=_("They watch this queue. Managers of the whole site watch every queue."),
    )
    is_default = models.BooleanField(
        _("default queue"), default=False, help_text=_("Takes requests that have nowhere else to go.")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    strategy = models.CharField(_("strategy"), max_length=16, choices=Strategy.choices, default=Strategy.MOST_IDLE)
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Agents who are in several queues get customers from the queue with the highest weight first."),
    )
    level_seconds = count(
        _("seconds until the next level opens"),
        30,
        at_least=0,
        at_most=3600,
        help_text=_("Level 2 opens after this time, or at once if no level 1 agent is signed in with a page open."),
    )
    offer_seconds = count(_("seconds an agent has to accept"), 30, at_least=5, at_most=600)
    wrap_up_seconds = count(_("seconds of wrap-up after a session"), 15, at_least=0, at_most=3600)
    closing = models.CharField(
        _("closing form after a session"),
        max_length=8,
        blank=True,
        choices=[("", _("as the site policy says")), *SitePolicy.Closing.choices],
    )
    switched_off = CapabilitiesField(
        _("switched off for this queue"), help_text=_("In sessions whose customer came by it.")
    )
    service_seconds = count(_("service-level target, in seconds"), 60, at_most=3600)
    maximum_wait = count(_("maximum wait, in minutes"), 30, at_least=0, at_most=1440, help_text=_("0: no limit."))
    maximum_length = count(_("maximum number of waiting customers"), 200, at_least=0, help_text=_("0: no limit."))
    overflow_queue = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("overflow queue")
    )
    cherry_picking = models.BooleanField(_("agents may pick a waiting customer themselves"), default=False)

    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="UTC",
        validators=[known_time_zone],
        help_text=_("For example Asia/Amman."),
    )

    objects = QueueQuerySet.as_manager()

    class Meta:
        verbose_name = _("queue")
        verbose_name_plural = _("queues")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="one_default_queue"),
            models.CheckConstraint(condition=~Q(overflow_queue=models.F("id")), name="queue_overflows_elsewhere"),
        ]

    def __str__(self) -> str:
        return self.label

    def delete(self, using: str | None = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        """Delete the queue. Anyone who comes to it meanwhile was there before, or finds no queue.

        So it is for those who enter it, leave it a message or are sent to it by hand; a job that sends someone on tries
        again.
        """
        with transaction.atomic(using=using):
            type(self).objects.using(using).select_for_update().filter(pk=self.pk).first()
            return super().delete(using=using, keep_parents=keep_parents)

    @property
    def stream(self) -> str:
        return f"queue.{self.pk}"

    @property
    def label(self) -> str:
        return in_both_languages(self, "name")

    @property
    def description_label(self) -> str:
        return in_both_languages(self, "description")

    @property
    def told_label(self) -> str:
        return in_both_languages(self, "told")

    @property
    def hours_as_text(self) -> str:
        """The opening hours in a few characters, to tell whether they have changed."""
        hours = sorted((row.weekday, row.opens, row.closes) for row in self.opening_hours.all())
        return " ".join(f"{day}/{opens:%H:%M}-{closes:%H:%M}" for day, opens, closes in hours)

    @property
    def timetable(self) -> Timetable:
        hours = [(row.weekday, row.opens, row.closes) for row in self.opening_hours.all()]
        holidays = {row.date for row in self.holidays.all()}
        return Timetable(ZoneInfo(self.time_zone), tuple(hours), frozenset(holidays))

    def is_open(self, at: datetime | None = None) -> bool:
        return self.is_active and self.timetable.is_open(at or clock.now())

    def opens_at(self, at: datetime | None = None) -> datetime | None:
        """When the queue opens next, in its own time zone; None if not within two months."""
        return self.timetable.opens_at(at or clock.now()) if self.is_active else None

    def wait_ends_at(self, request: SupportRequest) -> datetime | None:
        """When the queue's maximum wait is over for the request; None: never, as for a session in transfer."""
        if not self.maximum_wait or request.is_transfer:
            return None
        return request.arrived_at + timedelta(minutes=self.maximum_wait)

    @property
    def level_wait(self) -> timedelta:
        return timedelta(seconds=self.level_seconds)


class QueueMembership(models.Model):
    """An agent's membership of a queue, at a level: level 1 is asked first (acd 2)."""

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="memberships")
    agent = models.ForeignKey("Agent", on_delete=models.CASCADE, related_name="memberships", verbose_name=_("agent"))
    level = models.PositiveSmallIntegerField(
        _("level"), default=1, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    # The order of Round robin.
    last_offered_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["level", "pk"]
        constraints = [models.UniqueConstraint(fields=["queue", "agent"], name="agent_serves_a_queue_once")]

    def __str__(self) -> str:
        return f"{self.agent} ({self.level})"
