from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from invitations.models.tokens import new_nonce, token_of
from sessions_app.models import Participant
from supportcenter import clock
from supportcenter.browser_secrets import digest

SHOWN_OUT = {Participant.LeftReason.REMOVED, Participant.LeftReason.NOT_ADMITTED}


class InvitationQuerySet(models.QuerySet):
    def with_token(self, token):
        return self.filter(token_hash=digest(token))

    def sendings(self):
        """How often these have gone out, repeats included."""
        return self.aggregate(all=Sum("sendings"))["all"] or 0


class Invitation(models.Model):
    """One seat in a session, offered to one address (E38). Its state is read off its times, never stored."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("sent by the site")
        OWN_PROGRAM = "own_program", _("sent with the representative's own email program")

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        SENT = "sent", _("Sent")
        SENT_BY_YOU = "sent_by_you", _("Sent by you")
        FAILED = "failed", _("Failed")
        OPENED = "opened", _("Opened")
        JOINED = "joined", _("Joined")
        REVOKED = "revoked", _("Revoked")
        EXPIRED = "expired", _("Expired")

    class Failure(models.TextChoices):
        BAD_ADDRESS = "bad_address", _("The mail server knows no such address.")
        REFUSED = "refused", _("The mail server refused the message.")
        UNREACHABLE = "unreachable", _("The mail server could not be reached.")
        NOT_NOW = "not_now", _("The mail server did not take the message yet.")

    session = models.ForeignKey("sessions_app.SupportSession", on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey("sessions_app.Participant", on_delete=models.CASCADE, related_name="+")
    recipient = models.CharField(max_length=8, choices=Participant.Kind.choices)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    # The seat that this invitation led to.
    participant = models.ForeignKey("sessions_app.Participant", null=True, on_delete=models.SET_NULL, related_name="+")

    nonce = models.CharField(max_length=32, unique=True, default=new_nonce, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    # How often it went out; a delivery carries its number, so that an outdated one is recognised.
    sendings = models.PositiveSmallIntegerField(default=1)
    attempts = models.PositiveSmallIntegerField(default=0)

    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=12, choices=Failure.choices, blank=True)
    # The mail server's own words, as it gave them.
    failure_detail = models.CharField(max_length=300, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(failed_at__isnull=True, failure="")
                | Q(failed_at__isnull=False, sent_at__isnull=True) & ~Q(failure=""),
                name="invitation_is_sent_or_failed",
            )
        ]

    def __str__(self):
        return self.email

    def save(self, **more):
        self.token_hash = self.token_hash or digest(self.token)
        super().save(**more)

    @property
    def token(self):
        return token_of(self.nonce)

    @property
    def is_for_csr(self):
        return self.recipient == Participant.Kind.CSR

    @property
    def is_by_site(self):
        return self.channel == self.Channel.EMAIL

    @property
    def is_expired(self):
        return self.expires_at <= clock.now()

    @property
    def is_revoked(self):
        return self.revoked_at is not None or bool(self.participant and self.participant.left_reason in SHOWN_OUT)

    @property
    def place(self):
        """The session it leads to: in multi-session mode its customer may have been given one of his own (E34)."""
        return self.participant.session if self.participant else self.session

    @property
    def is_usable(self):
        """Derived: an invitation is void because its session ended, not because somebody remembered to void it."""
        return self.place.is_open and not self.is_revoked and not self.is_expired

    @property
    def is_on_its_way(self):
        return self.is_by_site and self.sent_at is None and self.failed_at is None

    @property
    def is_resendable(self):
        """Worth a button: sending again is of use to somebody, and not under way already."""
        return self.is_by_site and not (self.is_revoked or self.is_on_its_way or self.joined_at)

    @property
    def is_revocable(self):
        return not (self.is_revoked or self.is_expired)

    @property
    def state(self):
        return next(state for state, holds in self._states() if holds)

    def _states(self):
        yield self.State.REVOKED, self.revoked_at
        yield self.State.JOINED, self.joined_at
        yield self.State.EXPIRED, self.is_expired
        yield self.State.OPENED, self.opened_at
        yield self.State.FAILED, self.failed_at
        yield self.State.SENT_BY_YOU, not self.is_by_site
        yield self.State.SENT, self.sent_at
        yield self.State.QUEUED, True

    @property
    def state_label(self):
        return self.State(self.state).label

    def count_attempt(self):
        self.attempts += 1
        self.save(update_fields=["attempts"])

    def mark_sent(self):
        self.sent_at = clock.now()
        self.save(update_fields=["sent_at"])

    def mark_failed(self, failure, detail):
        longest = self._meta.get_field("failure_detail").max_length
        self.failed_at, self.failure, self.failure_detail = clock.now(), failure, detail[:longest]
        self.save(update_fields=["failed_at", "failure", "failure_detail"])

    def mark_queued_again(self, *, expires_at):
        self.sendings += 1
        self.attempts = 0
        self.queued_at, self.expires_at = clock.now(), expires_at
        self.sent_at = self.failed_at = None
        self.failure = self.failure_detail = ""
        # The site's key may have been changed since.
        self.token_hash = digest(self.token)
        self.save()

    def mark_opened(self):
        self.opened_at = clock.now()
        self.save(update_fields=["opened_at"])

    def mark_joined(self, participant):
        self.participant, self.joined_at = participant, clock.now()
        self.save(update_fields=["participant", "joined_at"])

    def mark_revoked(self):
        self.revoked_at = clock.now()
        self.save(update_fields=["revoked_at"])
