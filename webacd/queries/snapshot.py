"""What the routing engine reads, in a few queries whose cost does not grow with the number of waiting requests."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet

from supportcenter import clock
from supportcenter.kept_sql import OneOf, kept_values
from webacd.engine.facts import MemberView, QueueView, RequestView, Snapshot, obstacle
from webacd.models import Agent, Offer, Queue, QueueEntry, QueueMembership
from webacd.queries.agent_views import agent_views
from webacd.queries.first_of_each import flat, with_first_keys

# How many heads of a queue are read beyond the number of free agents, since none of them may be free for some heads.
BEYOND = 20
Rows = QuerySet[Any, Any]


class _Head(NamedTuple):
    """An entry's columns."""

    pk: int
    queue_id: int
    since: datetime
    in_queue_since: datetime
    priority: int
    customers: int
    not_for_id: int | None
    not_for_until: datetime | None
    escalated: bool
    was_offered: bool


def read_snapshot(now: datetime | None = None, *, most: int = 200) -> Snapshot:
    """The queues, the agents, and as many heads of the queues as could be assigned, at most `most`."""
    now = now or clock.now()
    agents = agent_views()
    free = sum(obstacle(agent, now, everybody=True) is None for agent in agents.values())
    heads = _heads(min(most, free) + BEYOND if free else 1)
    queues = _queue_views({entry.queue_id for entry in heads})
    return Snapshot(now, agents, queues, tuple(_request_views(heads)))


def _heads(limit: int) -> list[_Head]:
    """The heads of every queue, each read by its index."""
    keys = flat(_head_keys(limit=limit))
    return [_Head(*row) for row in _entries(pks=keys)] if keys else []


@kept_values
def _head_keys(*, limit: int) -> Rows:
    return with_first_keys(
        Queue.objects.all(), QueueEntry.objects.free().filter(queue=OuterRef("pk")).in_order(), limit
    )


@kept_values
def _entries(*, pks: list[int]) -> Rows:
    was_offered = Exists(Offer.objects.filter(request=OuterRef("pk")))
    heads = QueueEntry.objects.free().filter(OneOf(F("pk"), pks)).annotate(was_offered=was_offered)
    return heads.values_list(*_Head.__annotations__)


def _queue_views(pks: Collection[int]) -> dict[int, QueueView]:
    members = defaultdict[int, list[MemberView]](list)
    for queue, *member in _members(queues=list(pks)):
        members[queue].append(MemberView(*member))
    return {
        pk: QueueView(pk, strategy, weight, timedelta(seconds=level), tuple(members[pk]), offer_seconds)
        for pk, strategy, weight, level, offer_seconds in _queues(pks=list(pks))
    }


@kept_values
def _members(*, queues: list[int]) -> Rows:
    rows = QueueMembership.objects.filter(OneOf(F("queue"), queues)).order_by("level", "pk")
    return rows.values_list("queue", *MemberView.__annotations__)


@kept_values
def _queues(*, pks: list[int]) -> Rows:
    rows = Queue.objects.filter(OneOf(F("pk"), pks)).order_by()
    return rows.values_list("pk", "strategy", "weight", "level_seconds", "offer_seconds")


def _request_views(heads: Iterable[_Head]) -> Iterator[RequestView]:
    tried = _tried([entry.pk for entry in heads if entry.was_offered])
    escalated = {entry.queue_id for entry in heads if entry.escalated}
    managers = _manager_agents(escalated) if escalated else {}
    for entry in heads:
        yield RequestView(
            pk=entry.pk,
            queue=entry.queue_id,
            since=entry.since,
            in_queue_since=entry.in_queue_since,
            priority=entry.priority,
            customers=entry.customers,
            tried=frozenset(tried.get(entry.pk, ())),
            not_for=entry.not_for_id,
            not_for_until=entry.not_for_until,
            escalated=entry.escalated,
            others=managers.get(entry.queue_id, ()) if entry.escalated else (),
        )


def _tried(requests: Collection[int]) -> dict[int, set[int]]:
    """The agents who declined each of these requests or did not answer."""
    tried = defaultdict[int, set[int]](set)
    if not requests:
        return tried
    for request, agent in Offer.objects.in_vain().filter(OneOf(F("request"), requests)).values_list("request", "agent"):
        tried[request].add(agent)
    return tried


def _manager_agents(queues: Collection[int]) -> dict[int, tuple[int, ...]]:
    """The managers of each queue who are agents: they are asked as well (E24)."""
    everywhere = tuple(Agent.objects.active().filter(user__csr_privileges__manager=True).values_list("pk", flat=True))
    found = {queue: list(everywhere) for queue in queues}
    for queue, agent in (
        Agent.objects.active().filter(user__managed_queues__in=queues).values_list("user__managed_queues", "pk")
    ):
        if queue in found:
            found[queue].append(agent)
    return {queue: tuple(pks) for queue, pks in found.items()}
