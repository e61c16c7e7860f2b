"""Who gets whom: a pure function of a snapshot (acd 1 to 4, 6, 7). Reads no database and no clock.

Requests are looked at in order: the heaviest queue first, within equal weights the longest waiting of the heads, within
a queue by priority and then by waiting time. Each gets the best free agent, so that several free agents get several
customers at once (autofill). A request for which no agent is free keeps its position and holds up no other.
"""

import heapq
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from webacd.engine.facts import EVERYBODY, Assignment, Candidate, Plan, QueueView, RequestView, Snapshot
from webacd.engine.pools import Pair, Pool, Pools

# How many of the candidates are recorded by name.
CANDIDATES_RECORDED = 10


def decide(snapshot: Snapshot, *, most: int | None = None) -> Plan:
    """What to offer to whom, in at most `most` assignments."""
    pools = Pools(snapshot)
    assignments: list[Assignment] = []
    moments: list[datetime] = []
    for request in _in_order(snapshot):
        if len(assignments) == most:
            break
        assignment, later = _assign(request, snapshot.queues[request.queue], pools, snapshot.now)
        moments += later
        if assignment:
            assignments.append(assignment)
            pools.note_offered(assignment.agents)
    return Plan(tuple(assignments), min(moments, default=None))


def _in_order(snapshot: Snapshot) -> Iterator[RequestView]:
    """All queues merged by their heads: weight, then the longest waiting; the order within a queue is kept."""
    queues: dict[int, list[RequestView]] = {}
    for request in sorted(snapshot.requests, key=lambda one: one.rank):
        queues.setdefault(request.queue, []).append(request)
    heads: list[tuple[int, datetime, int, int, int]] = []
    for pk, waiting in queues.items():
        heapq.heappush(heads, (*_across(snapshot.queues[pk], waiting[0]), pk, 0))
    while heads:
        *_key, pk, index = heapq.heappop(heads)
        waiting = queues[pk]
        yield waiting[index]
        if index + 1 < len(waiting):
            heapq.heappush(heads, (*_across(snapshot.queues[pk], waiting[index + 1]), pk, index + 1))


def _across(queue: QueueView, request: RequestView) -> tuple[int, datetime, int]:
    return (-queue.weight, request.since, request.pk)


def _assign(
    request: RequestView, queue: QueueView, pools: Pools, now: datetime
) -> tuple[Assignment | None, list[datetime]]:
    pool = pools.of(request, queue)
    hindered, moments = pool.hindered, pool.moments(request, now)
    free: Collection[Pair] = pool.free.values()
    by_idle: Collection[Pair] = pool.by_idle.values()
    kept_from = pool.kept_from(request, now)
    if kept_from:
        hindered = hindered + Counter(kept_from.values())
        free, by_idle = ([pair for pair in each if pair[1].pk not in kept_from] for each in (free, by_idle))
    if not free:
        return None, moments
    chosen = list(free) if pool.strategy == EVERYBODY else [_first(free, request.tried)]
    return Assignment(
        request=request.pk,
        queue=queue.pk,
        strategy=pool.strategy,
        agents=tuple(agent.pk for _member, agent in chosen),
        candidates=_record(pool, by_idle, chosen),
        others=dict(hindered),
    ), moments


def _first(free: Iterable[Pair], tried: frozenset[int]) -> Pair:
    """The best agent of the lowest level, one who has not let the request pass if there is any."""
    best = next(iter(free))
    for pair in free:
        if pair[0].level != best[0].level:
            break
        if pair[1].pk not in tried:
            return pair
    return best


def _record(pool: Pool, by_idle: Iterable[Pair], chosen: Sequence[Pair]) -> tuple[Candidate, ...]:
    """The agents who could have had it, the chosen ones first."""
    taken = {agent.pk for _member, agent in chosen}
    if len(taken) > 1:
        shown = list(by_idle)
    else:
        others = (pair for pair in by_idle if pair[1].pk not in taken)
        shown = [*chosen, *islice(others, CANDIDATES_RECORDED - 1)]
    return tuple(
        Candidate(*candidate[:-1], chosen=True) if candidate.agent in taken else candidate
        for candidate in map(pool.candidate, shown)
    )
