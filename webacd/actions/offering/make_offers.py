"""Offer waiting customers to agents, record the decisions behind the offers, and tell the agents (acd 6, 14)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

from supportcenter import clock
from supportcenter.accounts.actions.pushing import Told, push
from supportcenter.jobs.outbox.later import run_later
from supportcenter.kept_sql import Change, OneOf, kept_rows, kept_update, kept_values
from supportcenter.live.log.eventlog import record_all
from supportcenter.many_rows import create_rows
from webacd import events
from webacd.actions.notify import board_changed
from webacd.engine.facts import ROUND_ROBIN, Assignment, QueueView, Snapshot
from webacd.models import Agent, Offer, QueueEntry, QueueMembership, RoutingDecision
from webacd.rules.push_news import OFFER


@dataclass(frozen=True)
class PlannedOffers:
    """A request, the agents it is to be offered to, for how many seconds, and why."""

    request: int
    queue: int | None
    agents: list[Agent]
    seconds: int
    rule: str
    decision: RoutingDecision | None = None


def claim(assignments: Iterable[Assignment], snapshot: Snapshot) -> list[PlannedOffers]:
    """Lock the entries and agents of these assignments, and leave out what has changed since the snapshot.

    Of two processes with the same plan, each gets the rows that it locks first (SKIP LOCKED; SQLite has one writer): an
    entry on offer is no longer free, and an agent with another `version` is left out.
    """
    assignments, now = list(assignments), clock.now()
    free = dict(_free_entries(requests=[each.request for each in assignments]))
    assignments = [each for each in assignments if free.get(each.request) == each.queue]
    agents = _agents_unchanged({pk for each in assignments for pk in each.agents}, snapshot)
    claimed = []
    for assignment in assignments:
        takers = [agents[pk] for pk in assignment.agents if pk in agents]
        if takers:
            claimed.append(_decided(snapshot.queues[assignment.queue], takers, assignment, now))
    return claimed


@kept_values
def _free_entries(*, requests: list[int]) -> QuerySet[Any, Any]:
    """The queue of each that is still free, locked."""
    free = QueueEntry.objects.free().filter(OneOf(F("pk"), requests)).order_by("pk")
    return free.select_for_update(skip_locked=True).values_list("pk", "queue_id")


def _agents_unchanged(pks: Collection[int], snapshot: Snapshot) -> dict[int, Agent]:
    locked = _agents_locked(pks=list(pks))
    return {agent.pk: agent for agent in locked if agent.version == snapshot.agents[agent.pk].version}


@kept_rows
def _agents_locked(*, pks: list[int]) -> QuerySet[Agent]:
    agents = Agent.objects.filter(OneOf(F("pk"), pks)).order_by("pk").only("user", "version")
    return agents.select_for_update(skip_locked=True, no_key=True)


def _decided(queue: QueueView, agents: list[Agent], assignment: Assignment, now: datetime) -> PlannedOffers:
    decision = RoutingDecision(
        request_id=assignment.request,
        queue_id=queue.pk,
        strategy=assignment.strategy,
        candidates=assignment.candidates,
        others=assignment.others,
        at=now,
    )
    return PlannedOffers(assignment.request, queue.pk, agents, queue.offer_seconds, assignment.strategy, decision)


def make_decided_offers(claimed: Sequence[PlannedOffers], snapshot: Snapshot) -> None:
    """Make the offers of what has been claimed, record the decisions, and tell the agents."""
    create_rows([each.decision for each in claimed if each.decision])
    offers = make_offers(claimed)
    _note_round_robin(offers, snapshot)
    if offers:
        record_all([(offer.agent.stream, events.offer_made(offer)) for offer in offers])
        push_offers(offers)
        board_changed()


def push_offers(offers: Sequence[Offer]) -> None:
    """Tell the agents' devices, on which no page may be open, until each offer is over (E65)."""
    push(OFFER, [Told(offer.agent.user_id, offer.pk, offer.expires_at) for offer in offers])


def offer_to(entry: QueueEntry, agents: list[Agent], *, seconds: int, rule: str) -> list[Offer]:
    """Offer one entry to agents who were not chosen by the queue's strategy."""
    return make_offers([PlannedOffers(entry.pk, entry.queue_id, agents, seconds, rule)])


def make_offers(planned: Sequence[PlannedOffers]) -> list[Offer]:
    """Make offers that expire together for each entry, with a job that closes them (acd 6); all in few statements."""
    now = clock.now()
    offers = [_offer(each, agent, now) for each in planned for agent in each.agents]
    create_rows(offers)
    for seconds in {each.seconds for each in planned}:
        until = now + timedelta(seconds=seconds)
        requests = [each.request for each in planned if each.seconds == seconds]
        _hold_until(requests=requests, until=until)
        run_later("webacd.expire_offers", due=until, requests=requests)
    _note_change(agents=list({offer.agent_id for offer in offers}))
    return offers


@kept_update
def _hold_until(*, requests: list[int], until: datetime) -> Change:
    return QueueEntry.objects.filter(OneOf(F("pk"), requests)), {"offered_until": until}


@kept_update
def _note_change(*, agents: list[int]) -> Change:
    return Agent.objects.filter(OneOf(F("pk"), agents)), {"version": F("version") + 1}


def _offer(plan: PlannedOffers, agent: Agent, now: datetime) -> Offer:
    return Offer(
        request_id=plan.request,
        agent=agent,
        queue_id=plan.queue,
        decision=plan.decision,
        made_at=now,
        expires_at=now + timedelta(seconds=plan.seconds),
        rule=plan.rule,
    )


def _note_round_robin(offers: Sequence[Offer], snapshot: Snapshot) -> None:
    taking_turns = {pk for pk, queue in snapshot.queues.items() if queue.strategy == ROUND_ROBIN}
    for pk in taking_turns & {offer.queue_id for offer in offers}:
        agents = [offer.agent_id for offer in offers if offer.queue_id == pk]
        QueueMembership.objects.filter(queue=pk, agent__in=agents).update(last_offered_at=clock.now())
