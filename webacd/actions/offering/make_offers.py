"""Offer waiting customers to agents, record the decisions behind the offers, and tell the agents (acd 6, 14)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from supportcenter import clock
from supportcenter.accounts.actions.pushing import Told, push
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record_all
from supportcenter.many_rows import create_rows
from webacd import events
from webacd.actions.notify import board_changed
from webacd.engine.facts import Assignment, Snapshot
from webacd.models import Agent, Offer, Queue, QueueEntry, QueueMembership, RoutingDecision
from webacd.rules.push_news import OFFER


@dataclass(frozen=True)
class PlannedOffers:
    """A request, the agents it is to be offered to, for how many seconds, and why."""

    request: int
    queue: Queue | None
    agents: list[Agent]
    seconds: int
    rule: str
    decision: RoutingDecision | None = None


def claim(assignments: Iterable[Assignment], snapshot: Snapshot) -> list[PlannedOffers]:
    """Lock the entries and agents of these assignments, and leave out what has changed since the snapshot.

    Of two processes with the same plan, each gets the rows that it locks first (SKIP LOCKED; SQLite has one writer): an
    entry on offer is no longer free, and an agent with another `version` is left out.
    """
    assignments = list(assignments)
    entries = _free_entries([each.request for each in assignments])
    assignments = [each for each in assignments if each.request in entries]
    agents = _agents_unchanged({pk for each in assignments for pk in each.agents}, snapshot)
    queues = Queue.objects.in_bulk({each.queue for each in assignments})
    claimed = []
    for assignment in assignments:
        takers = [agents[pk] for pk in assignment.agents if pk in agents]
        if entries[assignment.request] == assignment.queue and takers:
            claimed.append(_decided(queues[assignment.queue], takers, assignment))
    return claimed


def _free_entries(requests: Iterable[int]) -> dict[int, int | None]:
    """The queue of each that is still free."""
    free = QueueEntry.objects.free().filter(pk__in=requests).order_by("pk").values_list("pk", "queue_id")
    return dict(free.select_for_update(skip_locked=True))


def _agents_unchanged(pks: Collection[int], snapshot: Snapshot) -> dict[int, Agent]:
    agents = Agent.objects.filter(pk__in=pks).order_by("pk").only("user", "version")
    locked = agents.select_for_update(skip_locked=True, no_key=True)
    return {agent.pk: agent for agent in locked if agent.version == snapshot.agents[agent.pk].version}


def _decided(queue: Queue, agents: list[Agent], assignment: Assignment) -> PlannedOffers:
    decision = RoutingDecision(
        request_id=assignment.request,
        queue=queue,
        strategy=assignment.strategy,
        candidates=assignment.candidates,
        others=assignment.others,
    )
    return PlannedOffers(assignment.request, queue, agents, queue.offer_seconds, assignment.strategy, decision)


def make_decided_offers(claimed: Sequence[PlannedOffers]) -> None:
    """Make the offers of what has been claimed, record the decisions, and tell the agents."""
    create_rows([each.decision for each in claimed if each.decision])
    offers = make_offers(claimed)
    _note_round_robin(offers)
    if offers:
        record_all([(offer.agent.stream, events.offer_made(offer)) for offer in offers])
        push_offers(offers)
        board_changed()


def push_offers(offers: Sequence[Offer]) -> None:
    """Tell the agents' devices, on which no page may be open, until each offer is over (E65)."""
    push(OFFER, [Told(offer.agent.user_id, offer.pk, offer.expires_at) for offer in offers])


def offer_to(entry: QueueEntry, agents: list[Agent], *, seconds: int, rule: str) -> list[Offer]:
    """Offer one entry to agents who were not chosen by the queue's strategy."""
    return make_offers([PlannedOffers(entry.pk, entry.queue, agents, seconds, rule)])


def make_offers(planned: Sequence[PlannedOffers]) -> list[Offer]:
    """Make offers that expire together for each entry, with a job that closes them (acd 6); all in few statements."""
    now = clock.now()
    offers = [_offer(each, agent, now) for each in planned for agent in each.agents]
    create_rows(offers)
    for seconds in {each.seconds for each in planned}:
        until = now + timedelta(seconds=seconds)
        requests = [each.request for each in planned if each.seconds == seconds]
        QueueEntry.objects.filter(pk__in=requests).update(offered_until=until)
        run_later("webacd.expire_offers", due=until, requests=requests)
    Agent.objects.filter(pk__in={offer.agent_id for offer in offers}).update(version=F("version") + 1)
    return offers


def _offer(plan: PlannedOffers, agent: Agent, now: datetime) -> Offer:
    return Offer(
        request_id=plan.request,
        agent=agent,
        queue=plan.queue,
        decision=plan.decision,
        made_at=now,
        expires_at=now + timedelta(seconds=plan.seconds),
        rule=plan.rule,
    )


def _note_round_robin(offers: Sequence[Offer]) -> None:
    queues = {offer.queue for offer in offers if offer.queue}
    for queue in (queue for queue in queues if queue.strategy == Queue.Strategy.ROUND_ROBIN):
        agents = [offer.agent_id for offer in offers if offer.queue_id == queue.pk]
        QueueMembership.objects.filter(queue=queue, agent__in=agents).update(last_offered_at=clock.now())
