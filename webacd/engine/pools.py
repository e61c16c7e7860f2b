"""Who is free for which request while a plan grows, so that no request means looking at every agent. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from webacd.engine.facts import (
    EVERYBODY,
    FEWEST_SESSIONS,
    MOST_IDLE,
    ROUND_ROBIN,
    AgentView,
    Candidate,
    MemberView,
    QueueView,
    RequestView,
    Snapshot,
    ahead,
    obstacle,
)

Pair = tuple[MemberView, AgentView]


class Pools:
    """A pool for each queue and number of customers, made when the first such request is looked at."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._agents = dict(snapshot.agents)
        self._now = snapshot.now
        self._pools: dict[tuple[int, int], Pool] = {}

    def of(self, request: RequestView, queue: QueueView) -> "Pool":
        if request.escalated:
            # The queue's own agents at their levels, and the others at a level after all of those.
            own = {member.agent for member in queue.members}
            others = tuple(MemberView(pk, level=10) for pk in request.others if pk not in own)
            return self._new(replace(queue, strategy=EVERYBODY, members=queue.members + others), request.customers)
        key = (queue.pk, request.customers)
        if key not in self._pools:
            self._pools[key] = self._new(queue, request.customers)
        return self._pools[key]

    def note_offered(self, pks: Iterable[int]) -> None:
        for pk in pks:
            agent = self._agents[pk]
            agent = self._agents[pk] = agent._replace(open_offers=agent.open_offers + 1)
            for pool in self._pools.values():
                pool.look_again(agent, self._now)

    def _new(self, queue: QueueView, customers: int) -> "Pool":
        pairs = [(member, self._agents[member.agent]) for member in queue.members if member.agent in self._agents]
        return Pool(queue, customers, pairs, self._now)


class Pool:
    """A queue's agents for one number of customers: who is free, best first, and what hinders the others."""

    def __init__(self, queue: QueueView, customers: int, pairs: Sequence[Pair], now: datetime) -> None:
        self.strategy = queue.strategy
        self._customers = customers
        self.hindered: Counter[str] = Counter()
        self._moments: list[datetime] = []
        free = []
        for member, agent in pairs:
            why_not = self._obstacle(agent, now)
            if why_not is None:
                free.append((member, agent))
                continue
            self.hindered[why_not] += 1
            if agent.status == "available":
                self._moments += [at for at in (agent.wrapping_up_until, agent.resting_until) if ahead(at, now)]
        self.free = _by_agent(free, lambda pair: (pair[0].level, *_preference(queue.strategy, *pair)))
        self.by_idle = _by_agent(free, lambda pair: (pair[0].level, *_preference(MOST_IDLE, *pair)))
        self._available = {agent.pk: member.level for member, agent in pairs if agent.status == "available"}
        self._delays = _level_delays(queue, pairs, now)
        self._now = now
        self._candidates: dict[int, Candidate] = {}

    def candidate(self, pair: Pair) -> Candidate:
        """A free agent as the record of a decision names them. What it tells does not change while a plan grows."""
        member, agent = pair
        found = self._candidates.get(agent.pk)
        if found is None:
            idle = max(0, int((self._now - agent.idle_since).total_seconds()))
            found = Candidate(agent.pk, member.level, idle, agent.sessions, agent.slots)
            self._candidates[agent.pk] = found
        return found

    def look_again(self, agent: AgentView, now: datetime) -> None:
        """Note that this agent's state has changed."""
        if agent.pk not in self.free:
            return
        why_not = self._obstacle(agent, now)
        for pairs in (self.free, self.by_idle):
            if why_not:
                del pairs[agent.pk]
            else:
                pairs[agent.pk] = (pairs[agent.pk][0], agent)
        if why_not:
            self.hindered[why_not] += 1

    def kept_from(self, request: RequestView, now: datetime) -> dict[int, str]:
        """Free agents who cannot have this request: their level is not open yet, or they have just transferred it."""
        kept = {}
        closed = self._closed_levels(request, now)
        if closed:
            kept = {pk: "level_closed" for pk, (member, _agent) in self.free.items() if member.level in closed}
        if request.not_for is not None and request.not_for in self.free and ahead(request.not_for_until, now):
            kept[request.not_for] = "own_transfer"
        return kept

    def moments(self, request: RequestView, now: datetime) -> list[datetime]:
        """When something ends that keeps an agent from this request."""
        closed = self._closed_levels(request, now)
        moments = self._moments + [at for level, at in closed.items() if level in self._available.values()]
        if request.not_for in self._available and ahead(request.not_for_until, now):
            moments.append(request.not_for_until)
        return moments

    def _closed_levels(self, request: RequestView, now: datetime) -> dict[int, datetime]:
        if request.escalated:
            return {}
        opens = {level: request.in_queue_since + delay for level, delay in self._delays.items()}
        return {level: at for level, at in opens.items() if at > now}

    def _obstacle(self, agent: AgentView, now: datetime) -> str | None:
        return obstacle(agent, now, customers=self._customers, everybody=self.strategy == EVERYBODY)


def _by_agent(pairs: Iterable[Pair], key: Callable[[Pair], Any]) -> dict[int, Pair]:
    return {pair[1].pk: pair for pair in sorted(pairs, key=key)}


def _preference(strategy: str, member: MemberView, agent: AgentView) -> tuple[Any, ...]:
    idle = (agent.idle_since, agent.pk)
    if strategy == ROUND_ROBIN:
        never = member.last_offered_at is None
        return (not never, member.last_offered_at if not never else agent.idle_since, agent.pk)
    if strategy == FEWEST_SESSIONS:
        return (agent.sessions, *idle)
    return idle


def _level_delays(queue: QueueView, pairs: Sequence[Pair], now: datetime) -> dict[int, timedelta]:
    """How long a request waits until each level opens: one wait for every lower level that is staffed."""
    staffed = {member.level for member, agent in pairs if agent.is_staffing(now)}
    levels = sorted({member.level for member in queue.members})
    return {level: queue.level_wait * sum(lower < level for lower in staffed) for level in levels}
