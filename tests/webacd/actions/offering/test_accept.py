"""Accepting and picking (E20, E26, acd 13)."""

import pytest

from sessions_app.models import CsrDesk, SupportSession
from sessions_app.rules.seats import customer_with_seat
from tests.factories import make_session
from tests.webacd.factories import enter, inbox, join_queue, offered, offers_of, outcome, request_events
from webacd.actions.entering.enter import enter_queue
from webacd.actions.entering.waiting import abandon
from webacd.actions.offering.accept import accept, pick
from webacd.actions.offering.route import route
from webacd.errors import AgentIsFull, NoCherryPicking, NotOffered, OfferOver, RequestOver, TakenBy
from webacd.models import QueueEntry, SupportRequest

pytestmark = pytest.mark.django_db
Outcome = SupportRequest.Outcome


def test_accepting_opens_a_session_with_the_customer_in_it(queue, amal_agent, amal):
    request, secret = enter_queue(queue, name="Carol", email="c@example.org", language="ar")
    session = accept(offered(amal_agent), by=amal)
    session.refresh_from_db()
    customer = session.participants.customers().get()
    assert (session.primary.user, session.current_customer) == (amal, customer)
    assert (customer.name, customer.email, customer.language) == ("Carol", "c@example.org", "ar")
    assert customer_with_seat(session.key, secret) == customer
    request.refresh_from_db()
    assert (request.outcome, request.answered_by, request.session) == (Outcome.ANSWERED, amal_agent, session)
    assert not QueueEntry.objects.exists()
    assert CsrDesk.objects.get(user=amal).customers == 1
    assert request_events(request)[-1] == ("request.answered", {})
    assert inbox(amal_agent)[-1][0] == "offer.accepted"


def test_accepting_twice_is_the_same_session(queue, amal_agent, amal):
    enter(queue)
    offer = offered(amal_agent)
    assert accept(offer, by=amal) == accept(offer, by=amal)
    assert SupportSession.objects.count() == 1


def test_first_to_accept_has_it_and_the_other_reads_who(queue, amal_agent, bilal_agent, amal, bilal):
    join_queue(queue, bilal_agent)
    queue.strategy = "everybody"
    queue.save()
    enter(queue)
    route()
    (first,), (second,) = offers_of(amal_agent), offers_of(bilal_agent)
    accept(first, by=amal)
    with pytest.raises(TakenBy) as refusal:
        accept(second, by=bilal)
    assert refusal.value.facts == {"taken_by": "Amal"}
    assert inbox(bilal_agent)[-1] == (
        "offer.over",
        {"offer": second.pk, "request": second.request_id, "state": "taken", "taken_by": "Amal"},
    )


def test_forged_offer_is_not_offered(queue, amal_agent, bilal):
    enter(queue)
    with pytest.raises(NotOffered):
        accept(offered(amal_agent), by=bilal)


def test_accepted_too_late(queue, amal_agent, amal, time_machine):
    enter(queue)
    offer = offered(amal_agent)
    time_machine.move_to(offer.expires_at, tick=False)
    with pytest.raises(OfferOver):
        accept(offer, by=amal)
    assert not SupportSession.objects.exists()


def test_accepting_somebody_who_left(queue, amal_agent, amal):
    request = enter(queue)
    offer = offered(amal_agent)
    abandon(request)
    with pytest.raises(RequestOver):
        accept(offer, by=amal)


def test_accepting_forgets_the_unanswered(queue, amal_agent, amal, clock):
    enter(queue)
    route()
    clock.forward(seconds=30)
    clock.forward(seconds=21)
    accept(offers_of(amal_agent)[0], by=amal)
    amal_agent.refresh_from_db()
    assert amal_agent.unanswered == 0


def test_session_started_meanwhile_makes_the_accept_fail(queue, amal_agent, amal):
    enter(queue)
    offer = offered(amal_agent)
    make_session(amal)
    with pytest.raises(AgentIsFull):
        accept(offer, by=amal)
    assert SupportSession.objects.count() == 1
    assert outcome(offer.request) == ""


def test_picking_only_where_the_queue_allows_it(queue, amal_agent, amal):
    request = enter(queue)
    with pytest.raises(NoCherryPicking):
        pick(request, by=amal)
    queue.cherry_picking = True
    queue.save()
    session = pick(request, by=amal)
    assert outcome(request) == Outcome.ANSWERED
    assert session.primary.user == amal
    assert pick(request, by=amal) == session


def test_manager_may_take_one(queue, bilal_agent, bilal):
    queue.managers.add(bilal)
    assert pick(enter(queue), by=bilal).primary.user == bilal
