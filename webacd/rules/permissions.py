"""Who may do what with queues and agents. None writes."""

from supportcenter.text.folding import fold
from webacd.errors import NotAnAgent
from webacd.models import Agent, Queue


def agent_of(user):
    """The person as an agent, or None (E11: a disabled account, or one that is no CSR any more, is none)."""
    if not (user.is_authenticated and user.is_csr):
        return None
    agent = Agent.objects.filter(user=user).select_related("user", "away_reason").first()
    if agent:
        agent.user = user
    return agent


def require_agent(user):
    """The person as an agent. Raises NotAnAgent."""
    agent = agent_of(user)
    if agent is None:
        raise NotAnAgent
    return agent


def may_be_called(name, queue):
    """As in a session: not as one of those who may answer."""
    agents = queue.agents.filter(user__is_active=True).select_related("user")
    return fold(name) not in (fold(agent.display_name) for agent in agents)


def may_watch(user):
    """The monitor and the figures: managers of the site, and of single queues."""
    return (
        user.is_authenticated and user.is_active and (user.is_manager or Queue.objects.filter(managers=user).exists())
    )


def may_manage_queue(user, queue):
    return user.is_active and (user.is_manager or queue.managers.filter(pk=user.pk).exists())


def may_manage_agent(user, agent):
    return user.is_active and (user.is_manager or Queue.objects.filter(managers=user, agents=agent).exists())


def may_take_back(user, request):
    return request.transferred_by_id == user.pk


def may_answer_message(agent, message):
    return agent.memberships.filter(queue=message.queue_id).exists()
