"""How many sessions an agent controls, and how many they may (E26)."""

from dataclasses import dataclass

from webacd.engine.capacity import slots_of
from webacd.queries.snapshot import sessions_of


@dataclass(frozen=True)
class Slots:
    used: int
    all: int

    @property
    def are_full(self) -> bool:
        return self.used >= self.all


def slots_of_agent(agent, policy) -> Slots:
    """The slots of an agent who is a CSR now."""
    used = sessions_of([agent.user_id]).get(agent.user_id, 0)
    return Slots(used, slots_of(agent, agent.user.privileges, policy))
