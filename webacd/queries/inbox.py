"""What an agent's inbox shows."""

from typing import Any

from supportcenter.accounts.models import SitePolicy, User
from webacd.models import Agent, AwayReason, LeftMessage, Offer, SupportRequest
from webacd.queries.agent_slots import slots_of_agent

MESSAGES_SHOWN, TRANSFERS_SHOWN = 50, 50


def agent_status(agent: Agent) -> dict[str, Any]:
    """The chosen status, the reasons to choose from, and how many of the agent's slots are used."""
    slots = slots_of_agent(agent, SitePolicy.current())
    return {"agent": agent, "sessions": slots.used, "slots": slots.all, "reasons": AwayReason.objects.all()}


def offers_to(agent: Agent) -> list[Offer]:
    """The offers that the agent can accept now."""
    offers = Offer.objects.running().filter(agent=agent).order_by("pk")
    return list(offers.select_related("request__transferred_by", "queue", "request__session", "decision"))


def offers_shown(agent: Agent) -> dict[str, Any]:
    """The offers; where there are none, also what that is due to."""
    offers = offers_to(agent)
    return {"offers": offers, "agent": agent, "serves": bool(offers) or agent.memberships.exists()}


def messages_for(agent: Agent) -> list[LeftMessage]:
    """Messages left in the agent's queues that have not been answered."""
    unanswered = LeftMessage.objects.filter(queue__memberships__agent=agent, answered_at=None)
    return list(unanswered.select_related("queue").order_by("at")[:MESSAGES_SHOWN])


def transfers_of(user: User) -> list[SupportRequest]:
    """Sessions that this CSR has relinquished and that still wait for an agent (E24)."""
    mine = SupportRequest.objects.waiting().filter(transferred_by=user)
    return list(mine.select_related("session", "queue")[:TRANSFERS_SHOWN])
