from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sessions_app.models.session_numbers import in_threes
from supportcenter import clock
from supportcenter.kept_sql import kept_rows
from supportcenter.link_tokens import new_name

if TYPE_CHECKING:
    from sessions_app.models.case_choices import Tag
    from sessions_app.models.participant import Participant
    from supportcenter.accounts.models import User


def new_key() -> str:
    """The session's name in URLs: not its number, which is read out on the phone and guessed by strangers."""
    return new_name()


class SupportSessionQuerySet(models.QuerySet["SupportSession"]):
    def open(self) -> SupportSessionQuerySet:
        return self.filter(ended_at__isnull=True)

    def family_of(self, session: SupportSession) -> SupportSessionQuerySet:
        """The session, the one that it branched from, and those that branched from either (E34)."""
        heads = {session.pk, session.branched_from_id} - {None}
        return self.filter(Q(pk__in=heads) | Q(branched_from__in=heads))

    def controlled_by(self, user: User) -> SupportSessionQuerySet:
        # A CSR in control is present. That says so to the database, which has an index of those who are.
        return self.open().filter(primary__user=user, primary__left_at__isnull=True)


class SupportSession(models.Model):
    """A session in which a CSR works with customers to solve a problem (S1)."""

    class Mode(models.TextChoices):
        SINGLE = "single", _("single-session mode")
        MULTI = "multi", _("multi-session mode")

    class EndReason(models.TextChoices):
        ENDED = "ended", _("ended by the representative")
        DASHBOARD_CLOSED = "dashboard_closed", _("dashboard closed")
        CONNECTION_LOST = "connection_lost", _("connection lost")
        NOBODY_JOINED = "nobody_joined", _("no one joined")
        QUIET = "quiet", _("no activity")
        ENDED_BY_ADMIN = "ended_by_admin", _("ended by an administrator")
        ACCOUNT_DISABLED = "account_disabled", _("the representative’s account was disabled")
        ABANDONED = "abandoned", _("abandoned")

    key = models.SlugField(max_length=32, unique=True, default=new_key, editable=False)
    number = models.CharField(max_length=9, editable=False)
    mode = models.CharField(max_length=8, choices=Mode.choices)
    starter = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="started_sessions")
    primary = models.ForeignKey("Participant", null=True, on_delete=models.SET_NULL, related_name="+")
    current_customer = models.ForeignKey("Participant", null=True, on_delete=models.SET_NULL, related_name="+")
    # E34: the session whose number the customer of this one typed.
    branched_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="branches")
    # E49: when the primary gave it another number, because the first was in the wrong hands.
    number_renewed_at = models.DateTimeField(null=True)
    # E49: the primary lets in each customer who comes from now on, as with SitePolicy.admit_by_hand everywhere.
    admits_by_hand = models.BooleanField(default=False)
    # Renewing the join link makes every earlier one void (E38).
    link_version = models.PositiveSmallIntegerField(default=1)
    # The primary has switched the join link off: it lets in nobody until it is on again.
    link_is_off = models.BooleanField(default=False)
    # A transfer of control closes one conversation and opens the next (E14).
    conversation = models.PositiveSmallIntegerField(default=1)

    tags: models.ManyToManyField[Tag, Any] = models.ManyToManyField("Tag", blank=True, related_name="sessions")

    # The press that started it, so that a repeat leads to it (supportcenter/one_press.py).
    press = models.CharField(max_length=64, blank=True, editable=False)

    started_at = models.DateTimeField(default=clock.now)
    first_joined_at = models.DateTimeField(null=True)
    last_activity_at = models.DateTimeField(default=clock.now)
    quiet_ends_at = models.DateTimeField(null=True)
    # E31: when the primary was last told of joins that were refused, and how many were since.
    refusals_told_at = models.DateTimeField(null=True)
    refusals_untold = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=20, choices=EndReason.choices, blank=True)

    objects = SupportSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("support session")
        verbose_name_plural = _("support sessions")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=Q(ended_at__isnull=True), name="open_number_is_unique"
            ),
            models.UniqueConstraint(
                fields=["starter", "press"],
                condition=Q(ended_at__isnull=True) & ~Q(press=""),
                name="press_starts_one_session",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="") | Q(ended_at__isnull=False) & ~Q(end_reason=""),
                name="ended_session_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["number", "started_at"], name="number_reuse"),
            # Retention: which ended first. And those that are open, whose end is null.
            models.Index(fields=["ended_at"], name="sessions_by_end"),
            # Reports: those of some days, the latest first.
            models.Index(fields=["started_at"], name="sessions_by_start"),
        ]

    def __str__(self) -> str:
        return self.number_in_threes

    @property
    def stream(self) -> str:
        """The name of this session's event stream."""
        return f"session.{self.key}"

    @property
    def audit_subject(self) -> str:
        """What the audit log calls it: neither its key nor its number, which lead to it."""
        return f"session.{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def is_in_transfer(self) -> bool:
        """Open, with nobody in control until the next representative takes it (E4)."""
        return self.is_open and self.primary_id is None

    @property
    def state(self) -> str:
        """One of waiting, active, in_transfer, ended; derived, never stored."""
        if not self.is_open:
            return "ended"
        if self.is_in_transfer:
            return "in_transfer"
        # All of them, since lists of sessions have prefetched them.
        helped = any(one.is_customer and one.is_present for one in self.participants.all())
        return "active" if helped else "waiting"

    @property
    def length(self) -> int:
        """Whole seconds from start to end, or until now while it is open."""
        return int(((self.ended_at or clock.now()) - self.started_at).total_seconds())

    @property
    def number_in_threes(self) -> str:
        return in_threes(self.number)

    def locked(self) -> SupportSession:
        """This session read again, its row locked until the transaction ends. Every change of a session starts here."""
        # Without joins: PostgreSQL rereads a row that it had to wait for, but not those joined to it. After a transfer
        # of control the new primary would be missing.
        return _locked.get(key=self.pk)

    def give_control(self, primary: Participant | None) -> None:
        """Pass control on to this participant, or to no one: one conversation ends and the next begins (E14)."""
        self.primary = primary
        self.conversation += 1
        self.save(update_fields=["primary", "conversation"])

    def mark_helping(self, customer: Participant | None) -> None:
        self.current_customer = customer
        self.save(update_fields=["current_customer"])

    def mark_joined(self) -> None:
        """Note that a customer has joined; only the first time counts."""
        if self.first_joined_at is None:
            self.first_joined_at = clock.now()
            self.save(update_fields=["first_joined_at"])

    def mark_quiet(self, ends_at: datetime) -> None:
        """Note that the primary has been warned: the session ends then unless something happens (E40)."""
        self.quiet_ends_at = ends_at
        self.save(update_fields=["quiet_ends_at"])

    def give_number(self, number: str) -> None:
        """Another number; the join link goes with the one before, since both were told together."""
        self.number, self.number_renewed_at = number, clock.now()
        self.link_version += 1
        self.save(update_fields=["number", "number_renewed_at", "link_version"])

    def admit_by_hand(self, on: bool) -> None:
        self.admits_by_hand = on
        self.save(update_fields=["admits_by_hand"])

    def note_refusals(self, untold: int, *, told: bool) -> None:
        """Note how many refused joins the primary has not been told of, and whether they are told of some now."""
        self.refusals_untold = untold
        if told:
            self.refusals_told_at = clock.now()
        self.save(update_fields=["refusals_untold", "refusals_told_at"])

    def renew_link(self) -> None:
        self.link_version += 1
        self.save(update_fields=["link_version"])

    def switch_link(self, on: bool) -> None:
        self.link_is_off = not on
        self.save(update_fields=["link_is_off"])

    def mark_ended(self, reason: str) -> None:
        self.ended_at = clock.now()
        self.end_reason = reason
        self.quiet_ends_at = None
        self.save(update_fields=["ended_at", "end_reason", "quiet_ends_at"])

    def mark_active(self) -> None:
        """Note that something happened, which calls off an idle timeout (E40)."""
        self.last_activity_at = clock.now()
        self.quiet_ends_at = None
        self.save(update_fields=["last_activity_at", "quiet_ends_at"])


@kept_rows
def _locked(*, key: int) -> QuerySet[SupportSession]:
    return SupportSession.objects.select_for_update().filter(pk=key).order_by()
