from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supportcenter import clock


class OfferQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Offer.State.OPEN)

    def in_vain(self):
        """Those that the agent let pass: the request goes to others first."""
        return self.filter(state__in=[Offer.State.DECLINED, Offer.State.UNANSWERED])

    def running(self):
        """Open, and its time is not over: one that is over holds nobody, even before it is cleared away."""
        return self.open().filter(expires_at__gt=clock.now())


class Offer(models.Model):
    """A request held out to one agent for so long: a lease, which runs out whatever dies (acd 6, 15)."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        UNANSWERED = "unanswered", _("not answered")
        TAKEN = "taken", _("taken by somebody else")
        WITHDRAWN = "withdrawn", _("withdrawn")

    request = models.ForeignKey("SupportRequest", on_delete=models.CASCADE, related_name="offers")
    agent = models.ForeignKey("Agent", on_delete=models.CASCADE, related_name="offers")
    queue = models.ForeignKey("Queue", null=True, on_delete=models.SET_NULL, related_name="+")
    decision = models.ForeignKey("RoutingDecision", null=True, on_delete=models.SET_NULL, related_name="offers")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)
    # Why it came to this agent (acd 14): the queue's rule, a colleague's choice or his own. Figures: see `candidate`.
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
            models.Index(fields=["agent", "-made_at"], name="offers_of_an_agent"),
        ]

    def __str__(self):
        return f"{self.request_id} to {self.agent_id}: {self.state}"

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def candidate(self):
        """How the agent stood when he was chosen (acd 14); None if no queue's rule has chosen him."""
        considered = self.decision.considered if self.decision else ()
        return next((one for one in considered if one.agent == self.agent_id), None)

    @property
    def is_running(self):
        return self.is_open and self.expires_at > clock.now()

    def mark_over(self, state):
        self.state, self.over_at = state, clock.now()
        self.save(update_fields=["state", "over_at"])
