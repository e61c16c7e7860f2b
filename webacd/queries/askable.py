"""Which colleagues can be asked in the product to assist: agents, who hear of it on whatever page they have open."""

from sessions_app.models import Participant, SupportSession
from webacd.models import Agent
from webacd.models.agent import AgentQuerySet

ASKABLE_SHOWN = 20


def askable(session: SupportSession, *, by: Participant) -> list[Agent]:
    """The first of those who could be asked now, by name."""
    agents = sorted(reachable(session).exclude(user=by.user_id).select_related("user")[:200], key=str)
    return agents[:ASKABLE_SHOWN]


def reachable(session: SupportSession) -> AgentQuerySet:
    """Agents with a page open who are not in the session."""
    here = session.participants.present().filter(user__isnull=False).values("user")
    return Agent.objects.active().filter(expected_until=None).exclude(user__in=here)
