"""What the monitor shows of queues and agents (acd 13)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from supportcenter import clock
from supportcenter.reporting.first_rows import FirstRows, first_rows
from webacd.engine.facts import AgentView
from webacd.models import Agent, Queue, QueueMembership
from webacd.models.queue import QueueQuerySet
from webacd.queries.agent_states import state_of
from webacd.queries.agent_views import agent_views
from webacd.queries.positions import FARTHEST
from webacd.queries.queue_entries import lines_of
from webacd.queries.statistics import Statistics, statistics_by_queue

# The order in which states are shown.
STATES = ["available", "busy", "full", "wrapping_up", "no_page", "away", "signed_out"]

QUEUES_SHOWN, AGENTS_SHOWN = 100, 100


@dataclass(frozen=True)
class QueueRow:
    queue: Queue
    is_open: bool
    waiting: int
    longest: datetime | None
    today: Statistics
    agents: list[tuple[str, int]]


@dataclass(frozen=True)
class AgentRow:
    agent: Agent
    view: AgentView
    state: str


class Board:
    """The queues that somebody manages and their agents. What its parts share is read once."""

    def __init__(self, managed: QueueQuerySet) -> None:
        self.managed = managed

    @cached_property
    def _views(self) -> dict[int, AgentView]:
        return agent_views()

    @cached_property
    def _queues(self) -> FirstRows[Queue]:
        return first_rows(self.managed.with_timetable(), QUEUES_SHOWN)

    @cached_property
    def _members(self) -> dict[int, list[int]]:
        return _members(self._queues)

    def queue_rows(self) -> FirstRows[QueueRow]:
        queues = self._queues
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        today = statistics_by_queue(queues, midnight, clock.now())
        rows = FirstRows[QueueRow](self._rows(queues, today), QUEUES_SHOWN)
        rows.has_more = queues.has_more
        return rows

    def _rows(self, queues: Collection[Queue], today: Iterable[Statistics]) -> Iterator[QueueRow]:
        states = {pk: state_of(view) for pk, view in self._views.items()}
        lines = lines_of([queue.pk for queue in queues])
        for queue, statistics in zip(queues, today, strict=True):
            line = lines[queue.pk]
            agents = _count_states(states[pk] for pk in self._members.get(queue.pk, ()) if pk in states)
            yield QueueRow(queue, queue.is_open(), min(line.length, FARTHEST), line.longest, statistics, agents)

    def states_of_agents(self) -> list[str]:
        """The state of each agent of the queues that are shown, signed out or not."""
        agents = {agent for members in self._members.values() for agent in members}
        return [state_of(self._views[agent]) for agent in agents if agent in self._views]

    def agent_rows(self) -> FirstRows[AgentRow]:
        """The agents of these queues, those who take customers now first."""
        members = QueueMembership.objects.filter(queue__in=self.managed).values("agent")
        agents = Agent.objects.active().filter(pk__in=members).select_related("user", "away_reason")
        rows = [
            AgentRow(agent, self._views[agent.pk], state_of(self._views[agent.pk]))
            for agent in agents.order_by("user__first_name")
            if agent.pk in self._views
        ]
        return FirstRows(sorted(rows, key=lambda row: STATES.index(row.state)), AGENTS_SHOWN)


def _members(queues: Iterable[Queue]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for queue, agent in QueueMembership.objects.filter(queue__in=queues).values_list("queue", "agent"):
        members.setdefault(queue, []).append(agent)
    return members


def _count_states(states: Iterable[str]) -> list[tuple[str, int]]:
    counts = Counter(states)
    return [(state, counts[state]) for state in STATES if counts[state]]
