"""How many sessions an agent controls, and how many they may (E26)."""

from dataclasses import dataclass

from supportcenter.accounts.models import SitePolicy
from webacd.engine.capacity import slots_of
from webacd.models import Agent
from webacd.queries.agent_views import sessions_of


@dataclass(frozen=True)
class Slots:
    used: int
    all: int

    @property
    def are_full(self) -> bool:
        return self.used >= self.all


def slots_of_agent(agent: Agent, policy: SitePolicy) -> Slots:
    """The slots of an agent who is a CSR now."""
    used = sessions_of([agent.user_id]).get(agent.user_id, 0)
    return Slots(used, slots_of(agent, agent.user.csr_privileges, policy))
