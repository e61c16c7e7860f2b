"""What the routing engine reads, in a few queries whose cost does not grow with the number of waiting requests."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef

from sessions_app.models import CsrDesk, SupportSession
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.policy import customer_maximum
from webacd.engine.capacity import slots_of
from webacd.engine.facts import AgentView, MemberView, QueueView, RequestView, Snapshot, obstacle
from webacd.models import Agent, Offer, Queue, QueueEntry, QueueMembership
from webacd.queries.first_of_each import first_keys, rows_of

# How many heads of a queue are read beyond the number of free agents, since none of them may be free for some heads.
BEYOND = 20
COLUMNS = ["pk", "user_id", "status", "idle_since", "most_sessions", "resting_until", "wrapping_up_until", "version",
           "expected_until"]  # fmt: skip
ENTRY_COLUMNS = ["pk", "queue_id", "since", "in_queue_since", "priority", "customers", "not_for_id", "not_for_until",
                 "escalated", "was_offered"]  # fmt: skip
WAS_OFFERED = Exists(Offer.objects.filter(request=OuterRef("pk")))
MULTI_SESSION, MAX_CUSTOMERS = F("user__csr_privileges__multi_session"), F("user__csr_privileges__max_customers")


def read_snapshot(now: datetime | None = None, *, most: int = 200) -> Snapshot:
    """The queues, the agents, and as many heads of the queues as could be assigned, at most `most`."""
    now = now or clock.now()
    agents = agent_views()
    free = sum(obstacle(agent, now, everybody=True) is None for agent in agents.values())
    heads = _heads(min(most, free) + BEYOND if free else 1)
    queues = _queue_views({entry.queue_id for entry in heads})
    return Snapshot(now, agents, queues, tuple(_request_views(heads)))


def agent_views(pks: Collection[int] | None = None) -> dict[int, AgentView]:
    """What every agent is doing now, or each of `pks`."""
    agents = Agent.objects.active()
    if pks is not None:
        agents = agents.filter(pk__in=pks)
    # Plain rows: building the model instances would take most of the time.
    agents = agents.order_by().annotate(multi_session=MULTI_SESSION, max_customers=MAX_CUSTOMERS)
    rows = list(agents.values_list(*COLUMNS, "multi_session", "max_customers", named=True))
    users = None if pks is None else [row.user_id for row in rows]
    policy = SitePolicy.current()
    sessions, desks, offers = sessions_of(users), _desks(users), _open_offers()
    return {row.pk: _view(row, policy, sessions, desks, offers) for row in rows}


def sessions_of(users: Collection[int] | None = None) -> dict[int, int]:
    """How many running sessions each CSR controls, or each of `users`."""
    rows = SupportSession.objects.open().filter(primary__isnull=False).order_by()
    if users is not None:
        # A CSR in control is present: by those who are, not by all that these CSRs ever were.
        rows = rows.filter(primary__user__in=users, primary__left_at__isnull=True)
    return dict(rows.values_list("primary__user").annotate(Count("pk")))


def _desks(users: Collection[int] | None) -> dict[int, int]:
    desks = CsrDesk.objects.exclude(customers=0) if users is None else CsrDesk.objects.filter(user__in=users)
    return dict(desks.values_list("user", "customers"))


def _open_offers() -> dict[int, int]:
    # Counted here: grouped by agent, the offers of all time would be read in the order of their agents.
    return Counter(Offer.objects.running().order_by().values_list("agent", flat=True))


def _view(
    row: Any, policy: SitePolicy, sessions: dict[int, int], desks: dict[int, int], offers: dict[int, int]
) -> AgentView:
    """The row has the agent's columns and those of their privileges."""
    return AgentView(
        pk=row.pk,
        status=row.status,
        idle_since=row.idle_since,
        sessions=sessions.get(row.user_id, 0),
        slots=slots_of(row, row, policy),
        room=customer_maximum(policy, row).number - desks.get(row.user_id, 0),
        open_offers=offers.get(row.pk, 0),
        resting_until=row.resting_until,
        wrapping_up_until=row.wrapping_up_until,
        version=row.version,
        expected_until=row.expected_until,
    )


def _heads(limit: int) -> list[Any]:
    """The heads of every queue, each read by its index."""
    head = QueueEntry.objects.free().filter(queue=OuterRef("pk")).in_order()[:limit]
    heads = QueueEntry.objects.free().annotate(was_offered=WAS_OFFERED).values_list(*ENTRY_COLUMNS, named=True)
    return list(rows_of(heads, first_keys(Queue.objects.all(), head)))


def _queue_views(pks: Collection[int]) -> dict[int, QueueView]:
    members = defaultdict[int, list[MemberView]](list)
    rows = QueueMembership.objects.filter(queue__in=pks).order_by("level", "pk")
    for queue, agent, level, last_offered_at in rows.values_list("queue", "agent", "level", "last_offered_at"):
        members[queue].append(MemberView(agent, level, last_offered_at))
    return {
        queue.pk: QueueView(
            queue.pk, queue.strategy, queue.weight, timedelta(seconds=queue.level_seconds), tuple(members[queue.pk])
        )
        for queue in Queue.objects.filter(pk__in=pks)
    }


def _request_views(heads: Iterable[Any]) -> Iterator[RequestView]:
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
    for request, agent in Offer.objects.in_vain().filter(request__in=requests).values_list("request", "agent"):
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
