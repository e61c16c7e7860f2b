"""Giving waiting customers to free agents: look, decide, make the offers. Any number of processes may do it at once."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from supportcenter.jobs.later import run_later
from supportcenter.live.eventlog import record_all
from webacd import events
from webacd.actions.board import board_changed, look_again_by, route_soon
from webacd.models import AcdPolicy, Agent, Offer, Queue, QueueMembership, RoutingDecision, Waiting
from webacd.routing_engine import decide
from webacd.snapshot import read_snapshot

# Assignments a transaction: few enough that nobody waits long for its locks.
BATCH = 200
# A plan that another process has carried out meanwhile is made anew so many times; the next job does the rest.
ROUNDS = 50
# The board need not be exact to the moment.
SOON = timedelta(milliseconds=100)


def route() -> int:
    """Offer whatever can be offered now, and plan the next look for when something runs out; say how many were."""
    offered = 0
    for _round in range(ROUNDS):
        done = route_some()
        offered += done or 0
        if done is None:
            break
    return offered


@transaction.atomic
def route_some() -> int | None:
    """One look and its offers: how many requests were offered, or None when there is nothing more to do for now.

    Where somebody else is at it, we come back in a moment: two would come to the same plan, and one work in vain.
    """
    if not _is_my_turn():
        look_again_by(timezone.now() + SOON)
        return None
    snapshot = read_snapshot(most=BATCH)
    plan = decide(snapshot, most=BATCH)
    if plan.assignments:
        return carry_out(plan.assignments, snapshot)
    if plan.again_at:
        route_soon(due=plan.again_at + SOON)
    return None


def _is_my_turn():
    # Only for the sake of economy: that nothing is given twice is carry_out's doing.
    turn = AcdPolicy.objects.filter(pk=1)
    return bool(turn.select_for_update(skip_locked=True, no_key=True)) or not turn.exists()


@transaction.atomic
def carry_out(assignments, snapshot) -> int:
    """Make the offers of these assignments, each wholly or not at all; what changed since the snapshot is left alone.

    Two processes with the same plan: the rows of the line and of the agents decide (SKIP LOCKED, or SQLite's one
    writer). A place under offer is no longer free, and an agent whose `turn` has moved is not who he was.
    """
    places = _free_places([each.request for each in assignments])
    agents = _agents_unchanged({pk for each in assignments for pk in each.agents}, snapshot)
    queues = Queue.objects.in_bulk({each.queue for each in assignments})
    held_out = []
    for assignment in assignments:
        place = places.get(assignment.request)
        takers = [agents[pk] for pk in assignment.agents if pk in agents]
        if place and place.queue_id == assignment.queue and takers:
            place.queue = queues[place.queue_id]
            held_out.append(_held_out(place, takers, assignment))
    RoutingDecision.objects.bulk_create(each.decision for each in held_out)
    offers = hold_out(held_out)
    _note_round_robin(offers)
    _tell(offers)
    return len(held_out)


def _free_places(requests):
    free = Waiting.objects.free().filter(pk__in=requests).order_by("pk").only("since", "queue")
    return {place.pk: place for place in free.select_for_update(skip_locked=True)}


def _agents_unchanged(pks, snapshot):
    agents = Agent.objects.filter(pk__in=pks).order_by("pk").only("user", "turn")
    locked = agents.select_for_update(skip_locked=True, no_key=True)
    return {agent.pk: agent for agent in locked if agent.turn == snapshot.agents[agent.pk].turn}


def _held_out(place, agents, assignment):
    decision = RoutingDecision(
        request_id=place.pk,
        queue=place.queue,
        strategy=assignment.strategy,
        candidates=[candidate.row for candidate in assignment.candidates],
        others=assignment.others,
    )
    why = {one.agent: _why(one) for one in assignment.candidates if one.chosen}
    return HeldOut(place, agents, place.queue.offer_seconds, assignment.strategy, decision, why)


def _why(candidate):
    return {
        "level": candidate.level,
        "idle": candidate.idle_seconds,
        "sessions": candidate.sessions,
        "slots": candidate.slots,
    }


@dataclass(frozen=True)
class HeldOut:
    """A place, whom it is held out to, and for how long."""

    place: Waiting
    agents: list[Agent]
    seconds: int
    strategy: str
    decision: RoutingDecision | None = None
    why: dict = field(default_factory=dict)


def make_offers(place, agents, *, seconds, strategy):
    """Hold one place out to agents whom no decision of the queue has chosen."""
    return hold_out([HeldOut(place, agents, seconds, strategy)])


def hold_out(all_held_out):
    """Leases that end together for each place, with a deadline that clears them away (acd 6); all in few statements."""
    now = timezone.now()
    offers = Offer.objects.bulk_create(_offer(each, agent, now) for each in all_held_out for agent in each.agents)
    for seconds in {each.seconds for each in all_held_out}:
        until = now + timedelta(seconds=seconds)
        requests = [each.place.pk for each in all_held_out if each.seconds == seconds]
        Waiting.objects.filter(pk__in=requests).update(offered_until=until)
        run_later("webacd.expire_offers", due=until, requests=requests)
    Agent.objects.filter(pk__in={offer.agent_id for offer in offers}).update(turn=F("turn") + 1)
    return offers


def _offer(held_out, agent, now):
    waited = int((now - held_out.place.since).total_seconds())
    return Offer(
        request_id=held_out.place.pk,
        agent=agent,
        queue=held_out.place.queue,
        decision=held_out.decision,
        made_at=now,
        expires_at=now + timedelta(seconds=held_out.seconds),
        why={"strategy": held_out.strategy, "waited": waited, **held_out.why.get(agent.pk, {})},
    )


def _note_round_robin(offers):
    for queue in {offer.queue for offer in offers if offer.queue.strategy == Queue.Strategy.ROUND_ROBIN}:
        agents = [offer.agent_id for offer in offers if offer.queue_id == queue.pk]
        QueueMembership.objects.filter(queue=queue, agent__in=agents).update(last_offered_at=timezone.now())


def _tell(offers):
    if offers:
        record_all([(offer.agent.stream, events.offer_made(offer)) for offer in offers])
        board_changed()
