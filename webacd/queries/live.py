"""What the live dashboard shows: now, and today so far. Living rows, and those of two days by their index."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from sessions_app.models import SupportSession
from sessions_app.models.support_session import SupportSessionQuerySet
from supportcenter import clock
from supportcenter.accounts.models import User
from supportcenter.reporting.first_rows import FirstRows
from webacd.models import SupportRequest
from webacd.queries.board import Board, QueueRow
from webacd.queries.queues import managed_queues
from webacd.queries.statistics import Statistics, summed

WEEK = timedelta(days=7)
# How an agent's states are summed up on a wall. Those who are signed out are not there.
BUSY, AWAY = ("busy", "full", "wrapping_up"), ("away", "no_page")


@dataclass(frozen=True)
class LiveQueue:
    row: QueueRow
    # closed, late (beyond the target), stranded (customers, but no agent to ask), near (half of the target), waiting;
    # without customers quiet, or unstaffed.
    state: str

    @property
    def available(self) -> int:
        return dict(self.row.agents).get("available", 0)


@dataclass(frozen=True)
class AgentsNow:
    available: int
    busy: int
    away: int


@dataclass(frozen=True)
class SessionsNow:
    """Those that run, those started today, and those started until the same time a week ago."""

    running: int
    today: int
    week_ago: int
    day: datetime


class Live:
    """For one manager: their queues, and all sessions or those that came from their queues. Read once for all parts."""

    def __init__(self, user: User) -> None:
        self._queues = managed_queues(user)
        self._board = Board(self._queues)
        self._sees_all = user.is_manager
        self._now = clock.now()

    @cached_property
    def queues(self) -> FirstRows[LiveQueue]:
        rows = self._board.queue_rows()
        found = FirstRows(LiveQueue(row, _state(row, self._now)) for row in rows)
        found.has_more = rows.has_more
        return found

    @property
    def waiting(self) -> int:
        return sum(each.row.waiting for each in self.queues)

    @property
    def longest(self) -> datetime | None:
        return min((each.row.longest for each in self.queues if each.row.longest), default=None)

    @property
    def late(self) -> int:
        return sum(each.state == "late" for each in self.queues)

    @cached_property
    def today(self) -> Statistics:
        return summed(each.row.today for each in self.queues)

    @property
    def target(self) -> int | None:
        """In seconds, if all queues have the same."""
        targets = {each.row.queue.service_seconds for each in self.queues}
        return targets.pop() if len(targets) == 1 else None

    @cached_property
    def agents(self) -> AgentsNow:
        states = Counter(self._board.states_of_agents())
        return AgentsNow(
            states["available"], sum(states[state] for state in BUSY), sum(states[state] for state in AWAY)
        )

    @cached_property
    def sessions(self) -> SessionsNow:
        now = timezone.localtime(self._now)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        # By the clock on the wall: seven days back, whatever summer time did meanwhile.
        then, morning = now - WEEK, midnight - WEEK
        running = Q(ended_at=None)
        today = Q(started_at__gte=midnight, started_at__lte=now)
        week_ago = Q(started_at__gte=morning, started_at__lte=then)
        counts = (
            self._sessions()
            .filter(running | today | week_ago)
            .aggregate(
                running=Count("pk", filter=running),
                today=Count("pk", filter=today),
                week_ago=Count("pk", filter=week_ago),
            )
        )
        return SessionsNow(**counts, day=then)

    def _sessions(self) -> SupportSessionQuerySet:
        sessions = SupportSession.objects.order_by()
        if self._sees_all:
            return sessions
        requests = SupportRequest.objects.order_by().filter(session=OuterRef("pk"), queue__in=self._queues.values("pk"))
        return sessions.filter(Exists(requests))


def _state(row: QueueRow, now: datetime) -> str:
    """In one word; the queue's own target says what is late."""
    if not row.is_open and not row.longest:
        return "closed"
    is_staffed = any(state == "available" or state in BUSY for state, _count in row.agents)
    if row.longest is None:
        return "quiet" if is_staffed else "unstaffed"
    waited, target = (now - row.longest).total_seconds(), row.queue.service_seconds
    if waited > target:
        return "late"
    if not is_staffed:
        return "stranded"
    return "near" if waited > target / 2 else "waiting"
