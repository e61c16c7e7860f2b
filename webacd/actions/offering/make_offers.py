"""Holding waiting customers out to agents: the offers, what is noted of them, and who is told (acd 6, 14)."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F

from supportcenter import clock
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record_all
from webacd import events
from webacd.actions.notify import board_changed
from webacd.models import Agent, Offer, Queue, QueueEntry, QueueMembership, RoutingDecision


@dataclass(frozen=True)
class PlannedOffers:
    """A place, whom it is held out to, for how many seconds, and why."""

    entry: QueueEntry
    agents: list[Agent]
    seconds: int
    rule: str
    decision: RoutingDecision | None = None


def claim(assignments, snapshot) -> list[PlannedOffers]:
    """Lock what these assignments give out, of each all or nothing; what has changed since is left alone.

    Two processes with the same plan: the rows of the line and of the agents decide (SKIP LOCKED, or SQLite's one
    writer). A place under offer is no longer free, and an agent whose `version` has moved is not who he was.
    """
    entries = _free_entries([each.request for each in assignments])
    assignments = [each for each in assignments if each.request in entries]
    agents = _agents_unchanged({pk for each in assignments for pk in each.agents}, snapshot)
    queues = Queue.objects.in_bulk({each.queue for each in assignments})
    taken = []
    for assignment in assignments:
        entry = entries[assignment.request]
        takers = [agents[pk] for pk in assignment.agents if pk in agents]
        if entry.queue_id == assignment.queue and takers:
            entry.queue = queues[entry.queue_id]
            taken.append(_decided(entry, takers, assignment))
    return taken


def _free_entries(requests):
    free = QueueEntry.objects.free().filter(pk__in=requests).order_by("pk").only("since", "queue")
    return {entry.pk: entry for entry in free.select_for_update(skip_locked=True)}


def _agents_unchanged(pks, snapshot):
    agents = Agent.objects.filter(pk__in=pks).order_by("pk").only("user", "version")
    locked = agents.select_for_update(skip_locked=True, no_key=True)
    return {agent.pk: agent for agent in locked if agent.version == snapshot.agents[agent.pk].version}


def _decided(entry, agents, assignment):
    decision = RoutingDecision(
        request_id=entry.pk,
        queue=entry.queue,
        strategy=assignment.strategy,
        candidates=[candidate.row for candidate in assignment.candidates],
        others=assignment.others,
    )
    return PlannedOffers(entry, agents, entry.queue.offer_seconds, assignment.strategy, decision)


def make_decided_offers(taken):
    """Make the offers of what has been taken, with the decisions that led to them; the agents hear of it."""
    RoutingDecision.objects.bulk_create(each.decision for each in taken)
    offers = make_offers(taken)
    _note_round_robin(offers)
    if offers:
        record_all([(offer.agent.stream, events.offer_made(offer)) for offer in offers])
        board_changed()


def offer_to(entry, agents, *, seconds, rule):
    """Hold one place out to agents whom no decision of the queue has chosen."""
    return make_offers([PlannedOffers(entry, agents, seconds, rule)])


def make_offers(planned):
    """Leases that end together for each place, with a deadline that clears them away (acd 6); all in few statements."""
    now = clock.now()
    offers = Offer.objects.bulk_create(_offer(each, agent, now) for each in planned for agent in each.agents)
    for seconds in {each.seconds for each in planned}:
        until = now + timedelta(seconds=seconds)
        requests = [each.entry.pk for each in planned if each.seconds == seconds]
        QueueEntry.objects.filter(pk__in=requests).update(offered_until=until)
        run_later("webacd.expire_offers", due=until, requests=requests)
    Agent.objects.filter(pk__in={offer.agent_id for offer in offers}).update(version=F("version") + 1)
    return offers


def _offer(plan, agent, now):
    return Offer(
        request_id=plan.entry.pk,
        agent=agent,
        queue=plan.entry.queue,
        decision=plan.decision,
        made_at=now,
        expires_at=now + timedelta(seconds=plan.seconds),
        rule=plan.rule,
    )


def _note_round_robin(offers):
    for queue in {offer.queue for offer in offers if offer.queue.strategy == Queue.Strategy.ROUND_ROBIN}:
        agents = [offer.agent_id for offer in offers if offer.queue_id == queue.pk]
        QueueMembership.objects.filter(queue=queue, agent__in=agents).update(last_offered_at=clock.now())
