from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sessions_app.models.participant_queryset import ParticipantQuerySet
from supportcenter import clock
from supportcenter.accounts.models import Face, User
from supportcenter.browser_secrets import digest
from supportcenter.text.folded import FoldedField

if TYPE_CHECKING:
    from supportcenter.accounts.models import SitePolicy


class Participant(models.Model):
    """A person in a session: a CSR with an account, or a customer with a seat.

    Presence: `page` is the page load that holds the seat. When it goes, `away_since` is when and `away_how` is how, and
    a deadline decides what follows (E1, E2, E3).
    """

    class Kind(models.TextChoices):
        CSR = "csr", _("Support Representative")
        CUSTOMER = "customer", _("Customer")

    class Away(models.TextChoices):
        ARRIVING = "arriving", "arriving"
        CLOSED = "closed", "closed"
        LOST = "lost", "lost"
        # Recorded as lost, and then the page's beacon arrived: the short grace applies, and a return is recorded.
        LOST_CLOSED = "lost_closed", "lost, then closed"

    class LeftReason(models.TextChoices):
        LEFT = "left", _("left")
        CLOSED = "closed", _("closed the page")
        LOST = "lost", _("connection lost")
        REMOVED = "removed", _("removed by the representative")
        NOT_ADMITTED = "not_admitted", _("not admitted")
        ENDED = "ended", _("the session ended")
        TRANSFERRED = "transferred", _("transferred the session")

    class CameBy(models.TextChoices):
        NUMBER = "number", _("session number")
        LINK = "link", _("join link")
        INVITATION = "invitation", pgettext_lazy("way of a customer", "invitation")
        QUEUE = "queue", pgettext_lazy("way of a customer", "queue")
        SIGNED = "signed", _("link of another system")

    SHOWN_OUT = (LeftReason.REMOVED, LeftReason.NOT_ADMITTED)

    session = models.ForeignKey("SupportSession", on_delete=models.CASCADE, related_name="participants")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    user = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="participations")
    name = models.CharField(max_length=80)
    # Reports search in it.
    folded_name = FoldedField("name")
    email = models.EmailField(blank=True)
    # What of them another system has vouched for, by a signed link: "name", "email".
    confirmed = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    # How a customer came in; empty for those of earlier releases.
    came_by = models.CharField(max_length=10, choices=CameBy.choices, blank=True)
    # The digest of what a browser keeps whose customer wants to be known again (E62).
    browser_hash = models.CharField(max_length=64, blank=True)
    seat_hash = models.CharField(max_length=64, blank=True, db_index=True)

    joined_at = models.DateTimeField(default=clock.now)
    admitted_at = models.DateTimeField(null=True)
    # E48: a customer reads the session from here on. The last event of its log, and the last line of its chat, before
    # they were admitted; 0 of those who read all of it.
    events_before = models.PositiveBigIntegerField(default=0)
    lines_before = models.PositiveBigIntegerField(default=0)
    # E59: the last line of the chat that their page has, and the last that was in sight there.
    delivered_line = models.PositiveBigIntegerField(default=0)
    seen_line = models.PositiveBigIntegerField(default=0)
    left_at = models.DateTimeField(null=True)
    left_reason = models.CharField(max_length=16, choices=LeftReason.choices, blank=True)
    # The CSR who transferred control to this one, and gets it back by "Return control" (E9).
    control_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")

    # What this participant's page can do, as it reported: {"voice": true, "screen": false, …} (E16, E36).
    can = models.JSONField(default=dict, blank=True)

    # What the connection check found, in words of ours alone: {"browser": "firefox", "udp": "reached", …}.
    device = models.JSONField(default=dict, blank=True)

    page = models.CharField(max_length=40, blank=True)
    tab_hash = models.CharField(max_length=64, blank=True)
    last_seen_at = models.DateTimeField(default=clock.now)
    away_since = models.DateTimeField(null=True, default=clock.now)
    away_how = models.CharField(max_length=12, choices=Away.choices, default=Away.ARRIVING, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "user"], condition=Q(left_at__isnull=True), name="csr_is_in_a_session_once"
            ),
            models.UniqueConstraint(fields=["seat_hash"], condition=~Q(seat_hash=""), name="seat_is_one_persons"),
            models.CheckConstraint(
                condition=Q(kind="csr", user__isnull=False) | Q(kind="customer", user__isnull=True),
                name="csr_has_an_account_customer_none",
            ),
        ]
        indexes = [
            # With the null in it SQLite prefers it to the index of all whom a CSR ever was.
            models.Index(fields=["left_at", "user"], condition=Q(left_at__isnull=True), name="present_csrs"),
            # Reports: a CSR's sessions, the latest first.
            models.Index(fields=["user", "session"], name="sessions_of_csr"),
            # E62: the other sessions of a customer, the latest first.
            models.Index(Lower("email"), "session", condition=~Q(email=""), name="customers_by_email"),
            models.Index("browser_hash", "session", condition=~Q(browser_hash=""), name="customers_by_browser"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        """Their own page of the session."""
        return reverse("remote_support" if self.is_customer else "dashboard", args=[self.session.key])

    @property
    def event_key(self) -> str:
        return f"participant.{self.pk}"

    @property
    def display_name(self) -> str:
        return gettext("erased customer") if self.is_erased else self.name

    @property
    def face(self) -> Face | None:
        """The picture of a CSR's account, read with `select_related`; a customer has none."""
        return None if self.user is None or self.is_erased else self.user.face

    @property
    def is_erased(self) -> bool:
        """E44: every participant joins with a name, so an empty one has been erased."""
        return self.name == ""

    @property
    def account(self) -> User:
        """A CSR's account; a customer has none."""
        if self.user is None:
            raise ValueError(f"{self.event_key} is a customer")
        return self.user

    @property
    def is_customer(self) -> bool:
        return self.kind == self.Kind.CUSTOMER

    @property
    def is_present(self) -> bool:
        return self.left_at is None

    @property
    def is_admitted(self) -> bool:
        return self.admitted_at is not None

    @property
    def is_shown_out(self) -> bool:
        """E49: the primary removed them, or did not let them in; their browser cannot join this session again."""
        return self.left_reason in self.SHOWN_OUT

    @property
    def knows_number(self) -> bool:
        """Whether the session's number is the one they were told: not one that it was given after they left (E49)."""
        renewed = self.session.number_renewed_at
        return self.left_at is None or renewed is None or self.left_at > renewed

    @property
    def is_here(self) -> bool:
        """Present, with a connected page."""
        return self.is_present and self.away_since is None

    @property
    def is_reachable(self) -> bool:
        """Connected, or about to be: a page that is still loading counts, one that went away does not."""
        return self.is_present and self.away_how in {"", self.Away.ARRIVING}

    @property
    def is_lost(self) -> bool:
        """The connection is gone and the grace period is running (E2); a reload is too short to count."""
        return self.is_present and self.away_how in {self.Away.LOST, self.Away.LOST_CLOSED}

    @property
    def is_closed(self) -> bool:
        """The page said that it was being closed (E1)."""
        return self.away_how in {self.Away.CLOSED, self.Away.LOST_CLOSED}

    @property
    def is_primary(self) -> bool:
        return self.session.primary_id == self.pk

    @property
    def role(self) -> str:
        """One of customer, primary, assistant."""
        if self.is_customer:
            return "customer"
        return "primary" if self.is_primary else "assistant"

    def grace_over_at(self, policy: SitePolicy) -> datetime:
        """When this absence will have lasted too long; a CSR's grace depends on how the page went (E1, E2)."""
        assert self.away_since is not None, "only an absence has a grace period"
        if self.is_customer:
            seconds = policy.customer_grace
        elif self.is_closed:
            seconds = policy.reload_grace
        else:
            seconds = policy.connection_grace
        return self.away_since + timedelta(seconds=seconds)

    def new_seat(self, seat: str = "") -> str:
        """Give this customer a seat secret and return it; the earlier one stops working (E38).

        It is `seat` unless that is taken; then, and without one, it is drawn at random.
        """
        if not seat or Participant.objects.filter(seat_hash=digest(seat)).exists():
            seat = secrets.token_urlsafe(32)
        self.seat_hash = digest(seat)
        self.save(update_fields=["seat_hash"])
        return seat

    def mark_admitted(self, *, events_before: int, lines_before: int) -> None:
        self.admitted_at = clock.now()
        self.events_before, self.lines_before = events_before, lines_before
        self.save(update_fields=["admitted_at", "events_before", "lines_before"])

    @property
    def marks(self) -> dict[str, int]:
        """E59: lines after `after`, up to the two others, have reached them and were seen."""
        return {
            "participant": self.pk,
            "after": self.lines_before,
            "delivered": self.delivered_line,
            "seen": self.seen_line,
        }

    def has_read(self, *, delivered: int, seen: int) -> bool:
        """Whether it is known already that they have read so far."""
        return delivered <= self.delivered_line and seen <= self.seen_line

    def mark_read(self, *, delivered: int, seen: int) -> bool:
        """Note how far they have read; false if that is no news."""
        if self.has_read(delivered=delivered, seen=seen):
            return False
        self.delivered_line = max(delivered, self.delivered_line)
        self.seen_line = max(seen, self.seen_line)
        self.save(update_fields=["delivered_line", "seen_line"])
        return True

    def mark_arrived(self, *, page: str, secret: str) -> None:
        self.page, self.tab_hash = page, digest(secret)
        self.mark_here("page", "tab_hash")

    def mark_here(self, *more_fields: str) -> None:
        self.away_since, self.away_how = None, ""
        self.last_seen_at = clock.now()
        self.save(update_fields=["away_since", "away_how", "last_seen_at", *more_fields])

    def mark_away(self, how: str) -> None:
        self.away_since, self.away_how = clock.now(), how
        self.save(update_fields=["away_since", "away_how"])

    def mark_left(self, reason: str) -> None:
        self.left_at, self.left_reason = clock.now(), reason
        self.page = ""
        self.save(update_fields=["left_at", "left_reason", "page"])

    def mark_erased(self) -> None:
        """Remove who it was, seat included; that a customer was there, and when, stays."""
        self.name = self.email = self.seat_hash = self.tab_hash = self.browser_hash = ""
        self.can, self.device, self.confirmed = {}, {}, []
        secrets_of_theirs = ["seat_hash", "tab_hash", "browser_hash"]
        self.save(update_fields=["name", "folded_name", "email", *secrets_of_theirs, "can", "device", "confirmed"])
