"""What the monitor shows of queues and agents (acd 13)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from supportcenter import clock
from supportcenter.reporting.first_rows import FirstRows, first_rows
from webacd.engine.facts import AgentView
from webacd.models import Agent, Queue, QueueEntry, QueueMembership
from webacd.models.queue import QueueQuerySet
from webacd.queries.agent_states import state_of
from webacd.queries.positions import FARTHEST
from webacd.queries.queue_entries import queue_lengths
from webacd.queries.snapshot import agent_views
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


def queue_rows(managed: QueueQuerySet) -> FirstRows[QueueRow]:
    queues = first_rows(managed.with_timetable(), QUEUES_SHOWN)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = statistics_by_queue(queues, midnight, clock.now())
    states = _states()
    members = _members(queues)
    lengths = queue_lengths([queue.pk for queue in queues])
    rows = FirstRows[QueueRow](_rows(queues, today, states, members, lengths), QUEUES_SHOWN)
    rows.has_more = queues.has_more
    return rows


def _rows(
    queues: Iterable[Queue],
    today: Iterable[Statistics],
    states: dict[int, str],
    members: dict[int, list[int]],
    lengths: dict[int, int],
) -> Iterator[QueueRow]:
    for queue, statistics in zip(queues, today, strict=True):
        yield QueueRow(
            queue,
            queue.is_open(),
            min(lengths[queue.pk], FARTHEST),
            QueueEntry.objects.filter(queue=queue).order_by("since").values_list("since", flat=True).first(),
            statistics,
            _count_states(states[pk] for pk in members.get(queue.pk, ()) if pk in states),
        )


def agent_rows(queues: QueueQuerySet) -> FirstRows[AgentRow]:
    """The agents of these queues, those who take customers now first."""
    pks = QueueMembership.objects.filter(queue__in=queues).values("agent")
    agents = (
        Agent.objects.active().filter(pk__in=pks).select_related("user", "away_reason").order_by("user__first_name")
    )
    views = agent_views([agent.pk for agent in agents])
    rows = [AgentRow(agent, views[agent.pk], state_of(views[agent.pk])) for agent in agents]
    return FirstRows(sorted(rows, key=lambda row: STATES.index(row.state)), AGENTS_SHOWN)


def _states() -> dict[int, str]:
    return {pk: state_of(view) for pk, view in agent_views().items()}


def _members(queues: Iterable[Queue]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for queue, agent in QueueMembership.objects.filter(queue__in=queues).values_list("queue", "agent"):
        members.setdefault(queue, []).append(agent)
    return members


def _count_states(states: Iterable[str]) -> list[tuple[str, int]]:
    counts = Counter(states)
    return [(state, counts[state]) for state in STATES if counts[state]]
