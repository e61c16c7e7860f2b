"""Taking a request: the first to accept has it (E20), and only whoever may hold one more (E26)."""

from django.db import transaction

from sessions_app.actions.control.relinquish import take_control
from sessions_app.actions.lifecycle.admit_csr import admit_csr
from sessions_app.actions.lifecycle.join import seat_expected
from sessions_app.actions.lifecycle.start import open_session
from sessions_app.errors import NoRoomAtTarget, SessionRunning
from sessions_app.rules.capacity import take_slots
from supportcenter.jobs.outbox.later import run_later
from supportcenter.refusals import require
from webacd.actions.entering.queue_entries import lock_waiting, stop_waiting
from webacd.actions.offering.make_offers import offer_to
from webacd.actions.offering.taking import lock_taker
from webacd.errors import AgentIsFull, NoCherryPicking, NotAnAgent, NotOffered, OfferOver
from webacd.models import Agent, Offer, SupportRequest
from webacd.rules.permissions import agent_of, may_manage_queue

# Seconds: a place that is picked is offered and accepted in one breath.
AT_ONCE = 30


@transaction.atomic
def accept(offer, *, by):
    """Accept an offer; returns the session that opens. Accepting again returns the same.

    Raises NotOffered, TakenBy, RequestOver, OfferOver, NotAnAgent, AgentIsFull.
    """
    require(Agent.objects.filter(pk=offer.agent_id, user=by).exists(), NotOffered)
    offer = Offer.objects.select_related("request__session").get(pk=offer.pk)
    if offer.state == Offer.State.ACCEPTED:
        return offer.request.session
    _lock_session(offer.request)
    request, _entry = lock_waiting(offer.request)
    offer.refresh_from_db()
    require(offer.is_running, OfferOver)
    return _take(request, offer, by)


@transaction.atomic
def pick(request, *, by):
    """Take a waiting customer oneself, where the queue allows it, or as its manager (acd 13). Once more is the same.

    Raises TakenBy, RequestOver, NotAnAgent, NoCherryPicking, AgentIsFull.
    """
    agent = agent_of(by)
    require(agent is not None, NotAnAgent)
    _lock_session(request)
    if (again := request.locked()).answered_by_id == agent.pk and again.session:
        return again.session
    request, entry = lock_waiting(request)
    require(may_pick(agent, entry), NoCherryPicking)
    mine = Offer.objects.running().filter(request=request, agent=agent).first()
    offer = mine or offer_to(entry, [agent], seconds=AT_ONCE, rule="picked")[0]
    return _take(request, offer, by)


def may_pick(agent, entry):
    queue = entry.queue
    if queue is None:
        return False
    member = queue.cherry_picking and agent.memberships.filter(queue=queue).exists()
    return member or may_manage_queue(agent.user, queue)


def _lock_session(request):
    # First of all rows, as everywhere: whoever ends the session at this moment is either before us or after us.
    if request.session_id and request.is_transfer:
        request.session.locked()


def _take(request, offer, by):
    user, agent, policy = lock_taker(by)
    offer.agent = agent
    try:
        session = _take_over(request, user) if request.is_transfer else _open(request, user, policy)
    except (SessionRunning, NoRoomAtTarget) as refusal:
        raise AgentIsFull from refusal
    request.session = session
    offer.mark_over(Offer.State.ACCEPTED)
    stop_waiting(request, SupportRequest.Outcome.ANSWERED, agent=agent, accepted=offer, by=agent)
    agent.unanswered, agent.resting_until, agent.wrapping_up_until = 0, None, None
    agent.version += 1
    agent.save(update_fields=["unanswered", "resting_until", "wrapping_up_until", "version"])
    # What else he was offered goes to others, if he has no room for it.
    run_later("webacd.withdraw_from", agent=agent.pk)
    return session


def _open(request, user, policy):
    mode = admit_csr(user, policy)
    require(take_slots(user, policy), NoRoomAtTarget)
    session = open_session(user, mode, policy)
    seat_expected(
        session, name=request.name, email=request.email, language=request.language, seat_hash=request.seat_hash
    )
    return session


def _take_over(request, user):
    take_control(request.session.locked(), user)
    return request.session
