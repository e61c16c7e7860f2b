"""What the routing engine reads and returns, as plain values, and whether an agent can be asked. Pure."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple, TypeGuard

EVERYBODY, MOST_IDLE, ROUND_ROBIN, FEWEST_SESSIONS = "everybody", "most_idle", "round_robin", "fewest_sessions"
# With "everybody" an agent may have several open offers, with the other strategies one.
EVERYBODY_AT_ONCE = 3
# What keeps a queue from asking an agent, but not a colleague.
PASSING = {None, "wrapping_up", "resting", "offered"}


class AgentView(NamedTuple):
    pk: int
    status: str
    idle_since: datetime
    sessions: int = 0
    slots: int = 1
    # How many more customers the agent may help in all sessions together (S38).
    room: int = 1
    open_offers: int = 0
    resting_until: datetime | None = None
    wrapping_up_until: datetime | None = None
    version: int = 0
    # No page of theirs is open, and until then they can come back. None: a page is open.
    expected_until: datetime | None = None

    def is_staffing(self, now: datetime) -> bool:
        """Signed in, with a page open or with time left to open one again (E47)."""
        return self.status != "signed_out" and (self.expected_until is None or self.expected_until > now)


class MemberView(NamedTuple):
    agent: int
    level: int = 1
    last_offered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueueView:
    pk: int
    strategy: str = MOST_IDLE
    weight: int = 10
    level_wait: timedelta = timedelta(seconds=30)
    members: tuple[MemberView, ...] = ()
    # How long an offer stands.
    offer_seconds: int = 20


class RequestView(NamedTuple):
    pk: int
    queue: int
    since: datetime
    in_queue_since: datetime
    priority: int = 0
    customers: int = 1
    # Agents who declined it or did not answer: they are asked last.
    tried: frozenset[int] = frozenset()
    not_for: int | None = None
    not_for_until: datetime | None = None
    # No agent of its queue took it: it goes to all levels and to these other agents, at once (E24).
    escalated: bool = False
    others: tuple[int, ...] = ()

    @property
    def rank(self) -> tuple[int, datetime, int]:
        return (-self.priority, self.since, self.pk)


@dataclass(frozen=True, slots=True)
class Snapshot:
    now: datetime
    agents: dict[int, AgentView]
    queues: dict[int, QueueView]
    # The heads of the queues, without those on offer.
    requests: tuple[RequestView, ...] = ()


class Candidate(NamedTuple):
    """As JSON it is stored as a list: `Candidate(*row)` is the way back."""

    agent: int
    level: int
    idle_seconds: int
    sessions: int
    slots: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    request: int
    queue: int
    strategy: str
    agents: tuple[int, ...]
    candidates: tuple[Candidate, ...]
    others: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    assignments: tuple[Assignment, ...] = ()
    # When a rest, a wrap-up or a level's wait ends, which may change the plan.
    again_at: datetime | None = None


def obstacle(agent: AgentView, now: datetime, *, customers: int = 1, everybody: bool = False) -> str | None:
    """Why this agent cannot be offered a request of so many customers now; None if they can."""
    if agent.status != "available":
        return agent.status
    if agent.expected_until is not None:
        return "no_page"
    if ahead(agent.wrapping_up_until, now):
        return "wrapping_up"
    if ahead(agent.resting_until, now):
        return "resting"
    if agent.sessions >= agent.slots or agent.room < customers:
        return "full"
    if agent.open_offers >= (EVERYBODY_AT_ONCE if everybody else 1):
        return "offered"
    return None


def can_be_chosen(agent: AgentView, now: datetime, *, customers: int = 1) -> bool:
    """Whether a colleague can choose this agent (E23), even while they wrap up, rest or look at another offer."""
    return obstacle(agent, now, customers=customers) in PASSING


def ahead(moment: datetime | None, now: datetime) -> TypeGuard[datetime]:
    return moment is not None and moment > now
