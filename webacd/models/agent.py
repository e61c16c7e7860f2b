from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter import clock
from supportcenter.accounts.models.user import inbox_of
from supportcenter.text.bilingual import in_both_languages

if TYPE_CHECKING:
    from supportcenter.accounts.models import Face
    from webacd.models.queue import Queue


class AwayReason(models.Model):
    """A reason to be away that agents can choose."""

    name = models.CharField(_("name, English"), max_length=60)
    name_ar = models.CharField(_("name, Arabic"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("reason for being away")
        verbose_name_plural = _("reasons for being away")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return in_both_languages(self, "name")


class AgentQuerySet(models.QuerySet["Agent"]):
    def in_queue(self, queue: Queue) -> AgentQuerySet:
        return self.filter(memberships__queue=queue)

    def signed_in(self) -> AgentQuerySet:
        return self.exclude(status=Agent.Status.SIGNED_OUT)

    def staffing(self) -> AgentQuerySet:
        """Signed in, with a page open or with time left to open one again (E47)."""
        here = models.Q(expected_until=None) | models.Q(expected_until__gt=clock.now())
        return self.active().signed_in().filter(here)

    def active(self) -> AgentQuerySet:
        """Without those who are agents no longer, and whose account is disabled or no longer a CSR's (E11, E68)."""
        return self.filter(is_active=True, user__is_active=True, user__csr_privileges__isnull=False)


class Agent(models.Model):
    """A CSR to whom WebACD distributes customers.

    The status is chosen. The state (idle, offered, busy k of n) is derived from offers and sessions and stored nowhere.
    Wrapping up and resting are deadlines, so that no agent gets stuck in them.
    """

    class Status(models.TextChoices):
        SIGNED_OUT = "signed_out", _("Signed out")
        AVAILABLE = "available", _("Available")
        AWAY = "away", _("Away")

    class AwayCause(models.TextChoices):
        CHOSEN = "chosen", _("chosen")
        UNANSWERED = "unanswered", _("offers went unanswered")
        VANISHED = "vanished", _("the page closed or lost its connection during a session")
        MANAGER = "manager", _("set by a manager")
        NO_PAGE = "no_page", _("no page was open")

    user = models.OneToOneField(
        "accounts.User", on_delete=models.CASCADE, related_name="agent", verbose_name=_("support representative")
    )
    # E68: who has answered customers and is an agent no longer keeps the row, by which past figures name them.
    is_active = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("Without it the person is no queue agent. Past figures stay as they are."),
    )
    most_sessions = models.PositiveSmallIntegerField(
        _("maximum sessions at a time"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Empty: the maximum number of customers. Always one in single-session mode."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.SIGNED_OUT)
    away_reason = models.ForeignKey(AwayReason, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    away_cause = models.CharField(max_length=10, choices=AwayCause.choices, blank=True)
    status_since = models.DateTimeField(default=clock.now)
    # No page of the agent is open, and until then they can come back unnoticed. None: a page is open.
    expected_until = models.DateTimeField(null=True, default=clock.now)

    wrapping_up_until = models.DateTimeField(null=True)
    resting_until = models.DateTimeField(null=True)
    idle_since = models.DateTimeField(default=clock.now)
    unanswered = models.PositiveSmallIntegerField(default=0)
    last_unanswered_at = models.DateTimeField(null=True)
    # Grows whenever the agent becomes less free: a plan made from an older version is void.
    version = models.PositiveBigIntegerField(default=0, db_column="turn")

    objects = AgentQuerySet.as_manager()

    class Meta:
        verbose_name = _("agent")
        verbose_name_plural = _("agents")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.user.display_name

    @property
    def stream(self) -> str:
        return inbox_of(self.user_id)

    @property
    def event_key(self) -> str:
        return self.user.event_key

    @property
    def face(self) -> Face | None:
        return self.user.face

    @property
    def display_name(self) -> str:
        return self.user.display_name

    @property
    def is_signed_in(self) -> bool:
        return self.status != self.Status.SIGNED_OUT

    @property
    def is_available(self) -> bool:
        return self.status == self.Status.AVAILABLE

    @property
    def is_wrapping_up(self) -> bool:
        return self.is_available and _is_ahead(self.wrapping_up_until)

    @property
    def is_resting(self) -> bool:
        return self.is_available and _is_ahead(self.resting_until)

    def locked(self) -> Agent:
        """This agent read again, the row locked until the transaction ends."""
        agents = type(self).objects.select_for_update(of=("self",), no_key=True).select_related("user")
        return agents.get(pk=self.pk)

    def mark_accepted(self) -> None:
        """Note that the agent has accepted: what went unanswered is forgotten, and a rest or a wrap-up is over."""
        self.unanswered, self.resting_until, self.wrapping_up_until = 0, None, None
        self.version += 1
        self.save(update_fields=["unanswered", "resting_until", "wrapping_up_until", "version"])

    def set_status(self, status: str, *, reason: AwayReason | None = None, cause: str = "") -> None:
        self.status, self.away_reason, self.away_cause = status, reason, cause
        self.status_since = self.idle_since = clock.now()
        self.wrapping_up_until = self.resting_until = None
        self.unanswered = 0
        self.version += 1
        self.save()


class AgentPageQuerySet(models.QuerySet["AgentPage"]):
    def seen_since(self, moment: datetime) -> AgentPageQuerySet:
        return self.filter(seen_at__gte=moment)


class AgentPage(models.Model):
    """One connection of a page that receives the agent's offers; seen by heartbeats as long as its process lives."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="pages")
    seen_at = models.DateTimeField(default=clock.now)

    objects = AgentPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("open page of an agent")
        verbose_name_plural = _("open pages of agents")

    def __str__(self) -> str:
        return f"{self.agent} ({self.pk})"


def _is_ahead(moment: datetime | None) -> bool:
    return moment is not None and moment > clock.now()
