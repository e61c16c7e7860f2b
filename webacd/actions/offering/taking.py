"""The one gate for an agent who takes a session: by accepting an offer, by picking, or by taking it back (E26)."""

from dataclasses import dataclass

from sessions_app.actions.control.relinquish import take_control
from sessions_app.actions.lifecycle.admit_csr import admit_csr
from sessions_app.errors import NoRoomAtTarget
from sessions_app.models import SupportSession
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.refusals import require
from supportcenter.refusals.found import found
from webacd.errors import AgentIsFull, NotAnAgent
from webacd.models import Agent
from webacd.queries.agent_slots import slots_of_agent


@dataclass(frozen=True)
class Taker:
    """Who takes the session, their rows locked, and the mode of a session that they start now."""

    user: User
    agent: Agent
    policy: SitePolicy
    mode: str


def lock_taker(by: User) -> Taker:
    """Lock the person and their agent, as a start locks them, and check that they may control one more session.

    Raises NotAnAgent, SessionRunning (S37), AgentIsFull.
    """
    user = by.locked()
    require(user.is_csr, NotAnAgent)
    agent = found(Agent.objects.select_for_update(no_key=True).filter(user=user, is_active=True).first(), NotAnAgent)
    agent.user = user
    policy = SitePolicy.current()
    mode = admit_csr(user, policy)
    require(not slots_of_agent(agent, policy).are_full, AgentIsFull)
    return Taker(user, agent, policy, mode)


def take_over(session: SupportSession, taker: Taker) -> None:
    """Give the taker control of a session in transfer. Raises NotInTransfer, AgentIsFull."""
    try:
        take_control(session, taker.user, taker.policy)
    except NoRoomAtTarget as refusal:
        raise AgentIsFull from refusal
