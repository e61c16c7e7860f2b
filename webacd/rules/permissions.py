"""Who may do what with queues and agents. Nothing here writes."""

from collections.abc import Hashable
from typing import TypeGuard

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from supportcenter.accounts.models import User
from webacd.errors import NotAnAgent
from webacd.models import Agent, LeftMessage, Queue, QueueEntry, SupportRequest


def is_agent(user: User | AnonymousUser | None) -> TypeGuard[User]:
    """Whether the user is an agent with an account in use that is a CSR's (E11). The signed-in user costs no query."""
    return (
        user is not None and user.is_authenticated and user.is_csr and hasattr(user, "agent") and user.agent.is_active
    )


def agent_of(user: User | AnonymousUser | None) -> Agent | None:
    """The user as an agent, read again; None for anybody else."""
    if not is_agent(user):
        return None
    agent = Agent.objects.filter(user=user).select_related("user", "away_reason").first()
    if agent:
        agent.user = user
    return agent


def require_agent(user: User | AnonymousUser | None) -> Agent:
    """The user as an agent. Raises NotAnAgent."""
    agent = agent_of(user)
    if agent is None:
        raise NotAnAgent
    return agent


def may_watch(user: User | AnonymousUser) -> bool:
    """The monitor and the statistics are for managers of the whole site and of single queues."""
    return (
        user.is_authenticated and user.is_active and (user.is_manager or Queue.objects.filter(managers=user).exists())
    )


def may_read_figures(user: User | AnonymousUser) -> bool:
    """Who watches queues reads theirs; a lead reads the team's agents' (E69), and has no monitor for it."""
    return user.is_authenticated and (user.is_lead or may_watch(user))


def read_watchers(users: list[int]) -> dict[int, Hashable]:
    """Those of these users who `may_watch`, in one statement."""
    manages = Q(is_superuser=True) | Q(csr_privileges__manager=True) | Q(managed_queues__isnull=False)
    return dict.fromkeys(User.objects.filter(manages, pk__in=users, is_active=True).values_list("pk", flat=True), True)


def may_change_queues(user: User | AnonymousUser) -> TypeGuard[User]:
    """Those of the staff who set up queues; superusers among them."""
    return user.is_active and user.is_staff and user.has_perm("webacd.change_queue")


def may_manage_queue(user: User, queue: Queue) -> bool:
    return user.is_active and (user.is_manager or queue.managers.filter(pk=user.pk).exists())


def may_manage_agent(user: User, agent: Agent) -> bool:
    return user.is_active and (user.is_manager or Queue.objects.filter(managers=user, agents=agent).exists())


def may_pick(agent: Agent, entry: QueueEntry) -> bool:
    """Members, where the queue allows cherry-picking, and the queue's managers (acd 13)."""
    queue = entry.queue
    if queue is None:
        return False
    return (queue.cherry_picking and _is_member(agent, queue)) or may_manage_queue(agent.user, queue)


def may_take_back(user: User, request: SupportRequest) -> bool:
    return request.transferred_by_id == user.pk


def may_answer_message(agent: Agent, message: LeftMessage) -> bool:
    return message.queue is not None and _is_member(agent, message.queue)


def _is_member(agent: Agent, queue: Queue) -> bool:
    return agent.memberships.filter(queue=queue).exists()
