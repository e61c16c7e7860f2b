"""How many sessions an agent may control at a time. Pure."""

from typing import Protocol

from supportcenter.accounts.models import CsrPrivileges, SitePolicy
from supportcenter.accounts.policy import customer_maximum, session_mode


class SessionLimit(Protocol):
    @property
    def most_sessions(self) -> int | None:
        """The agent's own limit, if they have one."""


def slots_of(agent: SessionLimit, privileges: CsrPrivileges, policy: SitePolicy) -> int:
    """One in single-session mode (S37); else the agent's own limit, else the maximum number of customers (E26)."""
    if not session_mode(policy, privileges).multi:
        return 1
    return agent.most_sessions or customer_maximum(policy, privileges).number
