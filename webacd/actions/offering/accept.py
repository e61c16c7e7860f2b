"""Accept an offer, or pick a waiting customer: the first agent gets the request (E20), within their limit (E26)."""

from django.db import transaction

from sessions_app.actions.lifecycle.join import seat_expected
from sessions_app.actions.lifecycle.start import open_session
from sessions_app.errors import NotInTransfer, SessionRunning
from sessions_app.models import SupportSession
from sessions_app.rules.capacity import take_slots
from supportcenter.accounts.models import User
from supportcenter.jobs.outbox.later import run_later
from supportcenter.refusals import require
from supportcenter.refusals.found import found
from webacd.actions.entering.queue_entries import lock_waiting, stop_waiting
from webacd.actions.offering.make_offers import offer_to
from webacd.actions.offering.taking import Taker, lock_taker, take_over
from webacd.errors import AgentIsFull, NoCherryPicking, NotOffered, OfferOver
from webacd.models import Agent, Offer, SupportRequest
from webacd.rules.permissions import may_pick, require_agent

# Picking makes an offer and accepts it in the same transaction.
PICK_SECONDS = 30


@transaction.atomic
def accept(offer: Offer, *, by: User) -> SupportSession:
    """Accept an offer and return the session that opens. Accepting again returns the same session.

    Raises NotOffered, TakenBy, RequestOver, OfferOver, NotAnAgent, AgentIsFull, NotInTransfer.
    """
    require(Agent.objects.filter(pk=offer.agent_id, user=by, is_active=True).exists(), NotOffered)
    offer = Offer.objects.select_related("request__session").get(pk=offer.pk)
    if offer.state == Offer.State.ACCEPTED and offer.request.session:
        return offer.request.session
    _lock_session(offer.request)
    entry = lock_waiting(offer.request)
    offer.refresh_from_db()
    require(offer.is_running, OfferOver)
    return _take(entry.request, offer, by)


@transaction.atomic
def pick(request: SupportRequest, *, by: User) -> SupportSession:
    """Take a waiting customer, where the queue allows cherry-picking or as its manager (acd 13).

    Picking again returns the same session.

    Raises TakenBy, RequestOver, NotAnAgent, NoCherryPicking, AgentIsFull, NotInTransfer.
    """
    agent = require_agent(by)
    _lock_session(request)
    if (again := request.locked()).answered_by_id == agent.pk and again.session:
        return again.session
    entry = lock_waiting(request)
    require(may_pick(agent, entry), NoCherryPicking)
    mine = Offer.objects.running().filter(request=entry.request, agent=agent).first()
    offer = mine or offer_to(entry, [agent], seconds=PICK_SECONDS, rule="picked")[0]
    return _take(entry.request, offer, by)


def _lock_session(request: SupportRequest) -> None:
    # The first row in the order of locks, so that a session that ends now does so before or after this.
    if request.session and request.is_transfer:
        request.session.locked()


def _take(request: SupportRequest, offer: Offer, by: User) -> SupportSession:
    try:
        taker = lock_taker(by)
    except SessionRunning as refusal:
        raise AgentIsFull from refusal
    agent = offer.agent = taker.agent
    if request.is_transfer:
        session = found(request.session, NotInTransfer).locked()
        take_over(session, taker)
    else:
        session = request.session = _open(request, taker)
    offer.mark_over(Offer.State.ACCEPTED)
    stop_waiting(request, SupportRequest.Outcome.ANSWERED, accepted=offer, by=agent)
    agent.mark_accepted()
    # Their other offers go to other agents if they have no slot left.
    run_later("webacd.withdraw_from", agent=agent.pk)
    return session


def _open(request: SupportRequest, taker: Taker) -> SupportSession:
    require(take_slots(taker.user, taker.policy), AgentIsFull)
    session = open_session(taker.user, taker.mode, taker.policy)
    seat_expected(
        session,
        name=request.name,
        email=request.email,
        language=request.language,
        seat_hash=request.seat_hash,
        confirmed=request.confirms,
    )
    return session
