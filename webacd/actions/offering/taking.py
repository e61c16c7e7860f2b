"""What every way to a session by WebACD shares: accepting, picking, taking back (E26)."""

from supportcenter.accounts.models import SitePolicy
from supportcenter.refusals import require
from webacd.engine.capacity import slots_of
from webacd.errors import AgentIsFull, NotAnAgent
from webacd.models import Agent
from webacd.queries.snapshot import sessions_of


def lock_taker(by):
    """The person, the agent and the site's policy, locked as a start locks them, with fewer sessions than their limit.

    Raises NotAnAgent, AgentIsFull.
    """
    user = by.locked()
    agent = Agent.objects.select_for_update(no_key=True).filter(user=user).first()
    require(agent is not None and user.is_csr, NotAnAgent)
    agent.user = user
    policy = SitePolicy.current()
    sessions = sessions_of([user.pk]).get(user.pk, 0)
    require(sessions < slots_of(agent, user.privileges, policy), AgentIsFull)
    return user, agent, policy
