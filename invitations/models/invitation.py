from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from invitations.models.tokens import new_nonce, token_of
from sessions_app.models import Participant, SupportSession
from supportcenter import clock
from supportcenter.browser_secrets import digest
from supportcenter.mail.models import Delivery
from supportcenter.mail.models import State as MailState


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def with_token(self, token: str) -> InvitationQuerySet:
        return self.filter(token_hash=digest(token))

    def sendings(self) -> int:
        """How often these have been sent, resends included."""
        return self.aggregate(all=Sum("sendings"))["all"] or 0


class Invitation(models.Model):
    """An invitation of one address to one seat in a session (E38). Its state is derived from its times, not stored."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("sent by the site")
        OWN_PROGRAM = "own_program", _("sent with the representative’s own email program")

    class State(models.TextChoices):
        """Those of its mail, and what people do with it."""

        QUEUED = MailState.QUEUED.value, MailState.QUEUED.label
        SENT = MailState.SENT.value, MailState.SENT.label
        SENT_BY_YOU = "sent_by_you", _("Sent by you")
        DEFERRED = MailState.DEFERRED.value, MailState.DEFERRED.label
        DELIVERED = MailState.DELIVERED.value, MailState.DELIVERED.label
        BOUNCED = MailState.BOUNCED.value, MailState.BOUNCED.label
        REJECTED = MailState.REJECTED.value, MailState.REJECTED.label
        COMPLAINED = MailState.COMPLAINED.value, MailState.COMPLAINED.label
        FAILED = MailState.FAILED.value, MailState.FAILED.label
        WITHDRAWN = MailState.WITHDRAWN.value, MailState.WITHDRAWN.label
        OPENED = "opened", _("Opened")
        JOINED = "joined", _("Joined")
        REVOKED = "revoked", _("Revoked")
        EXPIRED = "expired", _("Expired")

    session = models.ForeignKey("sessions_app.SupportSession", on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey("sessions_app.Participant", on_delete=models.CASCADE, related_name="+")
    recipient = models.CharField(max_length=8, choices=Participant.Kind.choices)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    # The person who joined by this invitation.
    participant = models.ForeignKey("sessions_app.Participant", null=True, on_delete=models.SET_NULL, related_name="+")

    nonce = models.CharField(max_length=32, unique=True, default=new_nonce, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    # How often it was sent.
    sendings = models.PositiveSmallIntegerField(default=1)
    # Of the latest sending, by the site. Deliveries are deleted after a time, long after the link has expired.
    delivery = models.OneToOneField("mail.Delivery", null=True, on_delete=models.SET_NULL, related_name="+")

    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    # Set by the query that shows it.
    link: str

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.email

    def save(self, **more: Any) -> None:
        self.token_hash = self.token_hash or digest(self.token)
        super().save(**more)

    @property
    def token(self) -> str:
        return token_of(self.nonce, self.token_hash)

    @property
    def is_for_csr(self) -> bool:
        return self.recipient == Participant.Kind.CSR

    @property
    def is_by_site(self) -> bool:
        return self.channel == self.Channel.EMAIL

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= clock.now()

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None or bool(self.participant and self.participant.is_shown_out)

    @property
    def target_session(self) -> SupportSession:
        """The session it leads to: in multi-session mode its customer may have a session of their own (E34)."""
        return self.participant.session if self.participant else self.session

    @property
    def is_usable(self) -> bool:
        """Derived, so that an invitation is void as soon as its session has ended."""
        return self.target_session.is_open and not self.is_revoked and not self.is_expired

    @property
    def is_on_its_way(self) -> bool:
        return self.delivery is not None and self.delivery.is_pending

    @property
    def is_in_trouble(self) -> bool:
        """Whether the person is not reached by this message, as far as is known."""
        return self.state in TROUBLE

    @property
    def is_resendable(self) -> bool:
        """Whether the Resend button is of use: the site sends it, it is not on its way, and nobody has joined by it."""
        return self.is_by_site and not (self.is_revoked or self.is_on_its_way or self.joined_at)

    @property
    def is_correctable(self) -> bool:
        """Whether it may go to another address. Who has opened it has it."""
        return self.is_by_site and not (self.is_revoked or self.opened_at or self.joined_at)

    @property
    def is_revocable(self) -> bool:
        return not (self.is_revoked or self.is_expired)

    @property
    def state(self) -> Invitation.State:
        return self._state_since[0]

    @property
    def since(self) -> datetime:
        """When it came into its state."""
        return self._state_since[1]

    @property
    def _state_since(self) -> tuple[Invitation.State, datetime]:
        return next((state, since) for state, since in self._states() if since)

    def _states(self) -> Iterator[tuple[Invitation.State, datetime | None]]:
        yield self.State.REVOKED, self.revoked_at
        yield self.State.JOINED, self.joined_at
        yield self.State.EXPIRED, self.expires_at if self.is_expired else None
        yield self.State.OPENED, self.opened_at
        yield self.State.SENT_BY_YOU, None if self.is_by_site else self.created_at
        if self.delivery:
            yield self.State(self.delivery.state), self.delivery.changed_at
        yield self.State.QUEUED, self.created_at

    @property
    def state_label(self) -> str:
        return str(self.State(self.state).label)

    def mark_queued_again(self, delivery: Delivery, *, expires_at: datetime) -> None:
        self.sendings, self.delivery, self.expires_at = delivery.sending, delivery, expires_at
        # The site's key may have changed since.
        self.token_hash = digest(self.token)
        self.save()

    def correct(self, email: str) -> None:
        """It goes to another address, with another link: the first may have reached somebody else."""
        self.email, self.nonce = email, new_nonce()

    def mark_opened(self) -> None:
        self.opened_at = clock.now()
        self.save(update_fields=["opened_at"])

    def mark_joined(self, participant: Participant) -> None:
        self.participant, self.joined_at = participant, clock.now()
        self.save(update_fields=["participant", "joined_at"])

    def mark_revoked(self) -> None:
        self.revoked_at = clock.now()
        self.save(update_fields=["revoked_at"])


TROUBLE = {
    Invitation.State.DEFERRED,
    Invitation.State.BOUNCED,
    Invitation.State.REJECTED,
    Invitation.State.COMPLAINED,
    Invitation.State.FAILED,
}
