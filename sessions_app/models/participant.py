import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from supportcenter import clock
from supportcenter.browser_secrets import digest
from supportcenter.text.folded import FoldedField


class ParticipantQuerySet(models.QuerySet):
    def present(self):
        """In the session, whether or not the page is connected at this moment."""
        return self.filter(left_at__isnull=True)

    def admitted(self):
        return self.filter(admitted_at__isnull=False)

    def customers(self):
        return self.filter(kind=Participant.Kind.CUSTOMER)

    def csrs(self):
        return self.filter(kind=Participant.Kind.CSR)


class Participant(models.Model):
    """Somebody in a session: a CSR with an account, or a customer with a seat.

    Presence: `page` is the page load that holds the seat now; when it goes, `away_since` tells when and `away_how` how,
    and a deadline decides what follows (E1, E2, E3).
    """

    class Kind(models.TextChoices):
        CSR = "csr", _("Support Representative")
        CUSTOMER = "customer", _("Customer")

    class Away(models.TextChoices):
        ARRIVING = "arriving", "arriving"
        CLOSED = "closed", "closed"
        LOST = "lost", "lost"
        # Told as lost, and then the page's last words arrived: the short grace, and a return is told.
        LOST_CLOSED = "lost_closed", "lost, then closed"

    class LeftReason(models.TextChoices):
        LEFT = "left", _("left")
        CLOSED = "closed", _("closed the page")
        LOST = "lost", _("connection lost")
        REMOVED = "removed", _("removed by the representative")
        NOT_ADMITTED = "not_admitted", _("not admitted")
        ENDED = "ended", _("the session ended")
        TRANSFERRED = "transferred", _("transferred the session")

    session = models.ForeignKey("SupportSession", on_delete=models.CASCADE, related_name="participants")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    user = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="participations")
    name = models.CharField(max_length=80)
    # Reports search by it.
    folded_name = FoldedField("name")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    seat_hash = models.CharField(max_length=64, blank=True, db_index=True)

    joined_at = models.DateTimeField(default=clock.now)
    admitted_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    left_reason = models.CharField(max_length=16, choices=LeftReason.choices, blank=True)
    # Who handed control to this CSR, to whom "Return control" gives it back (E9).
    control_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")

    # What this participant's console or page can do, as it reported: {"voice": true, "screen": false, …} (E16, E36).
    can = models.JSONField(default=dict, blank=True)

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

    def __str__(self):
        return self.display_name

    @property
    def event_key(self):
        return f"participant.{self.pk}"

    @property
    def display_name(self):
        return gettext("erased customer") if self.is_erased else self.name

    @property
    def is_erased(self):
        """E44: nobody comes in without a name, so an empty one has been taken away."""
        return self.name == ""

    @property
    def is_customer(self):
        return self.kind == self.Kind.CUSTOMER

    @property
    def is_present(self):
        return self.left_at is None

    @property
    def is_admitted(self):
        return self.admitted_at is not None

    @property
    def is_here(self):
        """Present, with a connected page."""
        return self.is_present and self.away_since is None

    @property
    def is_reachable(self):
        """Here, or on the way: the page that was just promised counts, one that went away does not."""
        return self.is_present and self.away_how in {"", self.Away.ARRIVING}

    @property
    def is_lost(self):
        """The connection is gone and the grace is running (E2); a reload is too short to be called that."""
        return self.is_present and self.away_how in {self.Away.LOST, self.Away.LOST_CLOSED}

    @property
    def is_closed(self):
        """The page has said that it is going (E1)."""
        return self.away_how in {self.Away.CLOSED, self.Away.LOST_CLOSED}

    @property
    def is_primary(self):
        return self.session.primary_id == self.pk

    @property
    def role(self):
        if self.is_customer:
            return "customer"
        return "primary" if self.is_primary else "assistant"

    def grace_over_at(self, policy):
        """When an absence has lasted too long; a CSR's grace depends on how the page went (E1, E2)."""
        if self.is_customer:
            seconds = policy.customer_grace
        elif self.is_closed:
            seconds = policy.reload_grace
        else:
            seconds = policy.connection_grace
        return self.away_since + timedelta(seconds=seconds)

    def new_seat(self, seat=""):
        """Give this customer a seat secret and return it; the earlier one stops working (E38).

        It is `seat`, unless somebody has or had that: then, and without one, it is drawn.
        """
        if not seat or Participant.objects.filter(seat_hash=digest(seat)).exists():
            seat = secrets.token_urlsafe(32)
        self.seat_hash = digest(seat)
        self.save(update_fields=["seat_hash"])
        return seat

    def mark_arrived(self, *, page, secret):
        self.page, self.tab_hash = page, digest(secret)
        self.mark_here("page", "tab_hash")

    def mark_here(self, *more_fields):
        self.away_since, self.away_how = None, ""
        self.last_seen_at = clock.now()
        self.save(update_fields=["away_since", "away_how", "last_seen_at", *more_fields])

    def mark_away(self, how):
        self.away_since, self.away_how = clock.now(), how
        self.save(update_fields=["away_since", "away_how"])

    def mark_left(self, reason):
        self.left_at, self.left_reason = clock.now(), reason
        self.page = ""
        self.save(update_fields=["left_at", "left_reason", "page"])

    def mark_erased(self):
        """Who it was is gone, seat and all; that somebody was there, and when, stays."""
        self.name = self.email = self.seat_hash = self.tab_hash = ""
        self.can = {}
        self.save(update_fields=["name", "folded_name", "email", "seat_hash", "tab_hash", "can"])
