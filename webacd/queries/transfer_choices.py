"""What the Transfer Session dialog offers: the agents and the queues, and which of them can be chosen (E23)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from supportcenter import clock
from supportcenter.reporting.first_rows import FirstRows, first_rows
from webacd.engine.facts import AgentView, can_be_chosen
from webacd.models import Agent, Queue
from webacd.queries.agent_states import state_of
from webacd.queries.agent_views import agent_views
from webacd.queries.positions import FARTHEST
from webacd.queries.queue_entries import lines_of
from webacd.queries.queues import members_of

CHOICES_SHOWN = 200


@dataclass(frozen=True)
class AgentChoice:
    """A row of the Agents tab: whether the agent can be chosen, and if not, why."""

    agent: Agent
    view: AgentView
    state: str
    can_be_chosen: bool


@dataclass(frozen=True)
class QueueChoice:
    """A row of the Queues tab: how many agents could take the session, and how many customers wait before it."""

    queue: Queue
    is_open: bool
    available: int
    waiting: int
    farther: bool


def agent_choices(transferor: Agent, customers: int) -> FirstRows[AgentChoice]:
    """The other agents by name, those who can be chosen before the others."""
    others = Agent.objects.active().exclude(pk=transferor.pk).select_related("user", "away_reason")
    agents = sorted(others, key=lambda agent: agent.display_name)
    views = agent_views([agent.pk for agent in agents])
    choices = [_agent_choice(agent, views[agent.pk], customers) for agent in agents]
    if len(choices) > CHOICES_SHOWN:
        choices.sort(key=lambda one: not one.can_be_chosen)
    return FirstRows(choices, CHOICES_SHOWN)


def _agent_choice(agent: Agent, view: AgentView, customers: int) -> AgentChoice:
    return AgentChoice(agent, view, state_of(view, customers), can_be_chosen(view, clock.now(), customers=customers))


def queue_choices(transferor: Agent, customers: int) -> FirstRows[QueueChoice]:
    members = Prefetch("agents", queryset=Agent.objects.active().only("pk"), to_attr="members")
    in_use = Queue.objects.filter(is_active=True).with_timetable().prefetch_related(members)
    queues = first_rows(in_use, CHOICES_SHOWN)
    views = agent_views()
    lines = lines_of([queue.pk for queue in queues])
    choices = (_queue_choice(queue, views, transferor, customers, lines[queue.pk].length) for queue in queues)
    shown = FirstRows(choices, CHOICES_SHOWN)
    shown.has_more = queues.has_more
    return shown


def _queue_choice(
    queue: Any, views: dict[int, AgentView], transferor: Agent, customers: int, waiting: int
) -> QueueChoice:
    available = _count_available(queue.members, views, transferor, customers)
    return QueueChoice(queue, queue.is_open(), available, min(waiting, FARTHEST), waiting > FARTHEST)


def available_in(queue: Queue, transferor: Agent, *, customers: int) -> int:
    """How many agents of the queue, other than the transferor, could take so many customers now (E23)."""
    members = list(members_of(queue))
    return _count_available(members, agent_views([member.pk for member in members]), transferor, customers)


def _count_available(members: Iterable[Agent], views: dict[int, AgentView], transferor: Agent, customers: int) -> int:
    others = [views[member.pk] for member in members if member.pk != transferor.pk and member.pk in views]
    return sum(can_be_chosen(view, clock.now(), customers=customers) for view in others)
