from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supportcenter import clock
from supportcenter.literal import Literal
from webacd.engine.facts import Candidate


class OfferQuerySet(models.QuerySet["Offer"]):
    def open(self) -> OfferQuerySet:
        """Offers that still stand: few, however many there have been, and found by their own indexes."""
        return self.filter(state=Literal(Offer.State.OPEN))

    def in_vain(self) -> OfferQuerySet:
        """Declined or not answered: the request is offered to other agents first."""
        return self.filter(state__in=[Offer.State.DECLINED, Offer.State.UNANSWERED])

    def running(self, now: datetime | None = None) -> OfferQuerySet:
        """Open and not expired. An expired offer binds no agent, even before it is closed."""
        return self.open().filter(expires_at__gt=now or clock.now())


class Offer(models.Model):
    """A request offered to one agent for a limited time: a lease, which expires even if a process dies (acd 6, 15)."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        UNANSWERED = "unanswered", _("not answered")
        TAKEN = "taken", _("taken by someone else")
        WITHDRAWN = "withdrawn", _("withdrawn")

    request = models.ForeignKey("SupportRequest", on_delete=models.CASCADE, related_name="offers")
    # E68: an agent who was offered customers is kept.
    agent = models.ForeignKey("Agent", on_delete=models.PROTECT, related_name="offers")
    queue = models.ForeignKey("Queue", null=True, on_delete=models.SET_NULL, related_name="+")
    decision = models.ForeignKey("RoutingDecision", null=True, on_delete=models.SET_NULL, related_name="offers")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)
    # Why it came to this agent (acd 14): the queue's strategy, a colleague's choice or their own. See `candidate`.
    rule = models.CharField(max_length=16, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "agent"], condition=Q(state="open"), name="offered_to_an_agent_once"
            ),
            models.UniqueConstraint(fields=["request"], condition=Q(state="accepted"), name="accepted_once"),
            models.CheckConstraint(
                condition=Q(state="open", over_at__isnull=True) | ~Q(state="open") & Q(over_at__isnull=False),
                name="offer_is_over_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(state="open"), name="open_offers"),
            models.Index(fields=["agent"], condition=Q(state="open"), name="open_offers_of_an_agent"),
            models.Index(fields=["agent", "-made_at"], name="offers_of_an_agent"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} to {self.agent_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def candidate(self) -> Candidate | None:
        """The agent's figures when they were chosen (acd 14); None if no queue's strategy chose them."""
        considered = self.decision.considered if self.decision else ()
        return next((one for one in considered if one.agent == self.agent_id), None)

    @property
    def is_running(self) -> bool:
        return self.is_open and self.expires_at > clock.now()

    @property
    def seconds_left(self) -> int:
        return max(0, int((self.expires_at - clock.now()).total_seconds()))

    def mark_over(self, state: Offer.State) -> None:
        self.state, self.over_at = state, clock.now()
        self.save(update_fields=["state", "over_at"])
