"""A delivery, and the states it goes through."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter import clock
from supportcenter.kept_sql import Change, kept_rows, kept_update
from supportcenter.literal import Literal

LONGEST_DETAIL = 300


class State(models.TextChoices):
    QUEUED = "queued", _("Queued")
    # The mail server has taken it; whether it arrives is not known.
    SENT = "sent", _("Sent")
    # Some server on the way is still to be convinced: ours to be tried again, or the provider tries.
    DEFERRED = "deferred", _("Delayed")
    DELIVERED = "delivered", _("Delivered")
    BOUNCED = "bounced", _("Bounced")
    REJECTED = "rejected", _("Rejected")
    COMPLAINED = "complained", _("Reported as spam")
    FAILED = "failed", _("Failed")
    # Not wanted any more before it was handed over.
    WITHDRAWN = "withdrawn", _("Not sent")


# Before the mail server has it.
PENDING = State.QUEUED, State.DEFERRED
# It has not reached anyone, and will not.
LOST = State.BOUNCED, State.REJECTED, State.FAILED


class Reason(models.TextChoices):
    BAD_ADDRESS = "bad_address", _("The mail server does not know this address.")
    REFUSED = "refused", _("The mail server refused the message.")
    UNREACHABLE = "unreachable", _("The mail server could not be reached.")
    NOT_NOW = "not_now", _("The mail server has not accepted the message yet.")
    CAME_BACK = "came_back", _("The message came back: the recipient’s mail server did not take it.")
    SUPPRESSED = "suppressed", _("The mail provider sends nothing to this address, after earlier trouble with it.")
    SPAM = "spam", _("The recipient reported the message as spam.")
    # A fault of the site, or of its workers, which died each time.
    BROKEN = "broken", _("The site could not write or send the message.")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def pending(self) -> DeliveryQuerySet:
        """Few, however many there have been, and found by their own index."""
        return self.filter(sent_at=None, state__in=[Literal(state) for state in PENDING])

    def lost_since(self, moment: datetime) -> DeliveryQuerySet:
        """Found by their own index."""
        return self.filter(changed_at__gte=moment, state__in=[Literal(state) for state in LOST])

    def with_details(self) -> DeliveryQuerySet:
        """Those of which a server has said something; found by their own index."""
        return self.exclude(detail=Literal(""))


class Delivery(models.Model):
    """One message to one address, handed over at most once as far as the mail server lets us know.

    The address is its owner's to keep, and to erase: it is not here.
    """

    # What it is, and the number of the row it belongs to; `sending` tells several messages about that row apart.
    kind = models.CharField(_("kind"), max_length=40)
    subject = models.BigIntegerField(_("number"))
    sending = models.PositiveBigIntegerField(default=1)
    # What its composer needs beside that. Small, and no addresses.
    facts = models.JSONField(default=dict)

    # As the header has it, in angle brackets. All attempts share it, so that a second copy is known for one.
    message_id = models.CharField(max_length=200, unique=True, editable=False)
    # Who took it, and the name it has there.
    provider = models.CharField(_("provider"), max_length=40, blank=True, editable=False)
    provider_id = models.CharField(max_length=200, blank=True, editable=False)

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices, blank=True)
    # The server's own words, as it gave them.
    detail = models.CharField(max_length=LONGEST_DETAIL, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # Some attempt has ended without an answer that says no: the message may have been taken.
    may_be_taken = models.BooleanField(default=False, editable=False)

    created_at = models.DateTimeField(_("made"), default=clock.now)
    # Of the attempt that is going on, or that died with its process.
    began_at = models.DateTimeField(_("attempt began"), null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    # When it came into this state.
    changed_at = models.DateTimeField(_("changed"), default=clock.now, editable=False)
    # After this it is of no use any more.
    give_up_at = models.DateTimeField(_("given up after"), null=True, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("delivery"), _("deliveries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "sending"], name="mail_one_delivery_a_sending"),
        ]
        indexes = [
            models.Index(fields=["provider_id"], condition=~models.Q(provider_id=""), name="mail_provider_id"),
            models.Index(fields=["created_at"], name="mail_created_at"),
            models.Index(
                fields=["created_at"],
                condition=models.Q(sent_at=None, state__in=["queued", "deferred"]),
                name="mail_pending",
            ),
            models.Index(fields=["kind", "subject"], condition=~models.Q(detail=""), name="mail_with_details"),
            models.Index(
                fields=["changed_at"],
                condition=models.Q(state__in=["bounced", "rejected", "failed"]),
                name="mail_lost",
            ),
            # Attempts that go on, or died: there are few.
            models.Index(fields=["began_at"], condition=models.Q(began_at__isnull=False), name="mail_began_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def is_pending(self) -> bool:
        """Whether a job is still to hand it over."""
        return self.sent_at is None and self.state in PENDING

    @property
    def may_be_handed_over(self) -> bool:
        """One that was given up may be tried again by an admin, as its job."""
        return self.is_pending or (self.sent_at is None and self.state == State.FAILED)

    @property
    def is_too_late(self) -> bool:
        return self.give_up_at is not None and self.give_up_at <= clock.now()

    def is_still_ours(self) -> bool:
        """Asks the row: this attempt is the last one that has begun, and the message has not been taken."""
        now = _of_attempt.first(pk=self.pk, attempt=self.attempts)
        return now is not None and now.may_be_handed_over

    def begin_attempt(self) -> None:
        self.attempts += 1
        self.may_be_taken = self.may_be_taken or self.began_at is not None
        self.began_at = clock.now()
        _begin(pk=self.pk, attempts=self.attempts, may_be_taken=self.may_be_taken, at=self.began_at)

    def mark_taken(self, *, provider: str, provider_id: str) -> None:
        """The mail server has it. What becomes of it there is said by `mark`, which saves both."""
        self.sent_at = clock.now()
        self.provider, self.provider_id = provider[:40], provider_id[:200]

    def mark(self, state: State, reason: str = "", detail: str = "") -> None:
        self.began_at = None
        if state != self.state:
            self.changed_at = clock.now()
        self.state, self.reason, self.detail = state, reason, _one_line(detail)
        self.save()


@kept_rows
def _of_attempt(*, pk: int, attempt: int) -> models.QuerySet[Delivery]:
    return Delivery.objects.filter(pk=pk, attempts=attempt).order_by()


@kept_update
def _begin(*, pk: int, attempts: int, may_be_taken: bool, at: datetime) -> Change:
    return Delivery.objects.filter(pk=pk), {"attempts": attempts, "may_be_taken": may_be_taken, "began_at": at}


def _one_line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_DETAIL]
