"""What an agent's inbox shows."""

from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from webacd.models import AwayReason, LeftMessage, Offer, SupportRequest
from webacd.queries.agent_slots import slots_of_agent

MESSAGES_SHOWN = 50


def agent_status(agent):
    """The chosen status, the reasons to choose from, and how many of the agent's slots are used."""
    slots = slots_of_agent(agent, SitePolicy.current())
    return {"agent": agent, "sessions": slots.used, "slots": slots.all, "reasons": AwayReason.objects.all()}


def offers_to(agent):
    """The offers that the agent can accept now, each with the seconds that remain."""
    now = clock.now()
    offers = list(
        Offer.objects.running()
        .filter(agent=agent)
        .select_related("request__transferred_by", "queue", "request__session", "decision")
        .order_by("pk")
    )
    for offer in offers:
        offer.seconds = max(0, int((offer.expires_at - now).total_seconds()))
    return offers


def messages_for(agent):
    """Messages left in the agent's queues that have not been answered."""
    unanswered = LeftMessage.objects.filter(queue__memberships__agent=agent, answered_at=None)
    return list(unanswered.select_related("queue").order_by("at")[:MESSAGES_SHOWN])


def transfers_of(user):
    """Sessions that this CSR has relinquished and that still wait for an agent (E24)."""
    return list(SupportRequest.objects.waiting().filter(transferred_by=user).select_related("session", "queue"))
