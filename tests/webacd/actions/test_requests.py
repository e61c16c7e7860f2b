"""Entering, offers, accepting, and every way out (acd 6 to 10, 15)."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from sessions_app.models import CsrDesk, SupportSession
from sessions_app.rules.seats import customer_with_seat
from supportcenter.live.log.eventlog import events_after
from tests.factories import make_session
from tests.webacd.factories import (
    AVAILABLE,
    enter,
    inbox,
    join_queue,
    make_agent,
    make_queue,
    offered,
    offers_of,
    served,
)
from webacd.actions.agents.agents import set_status
from webacd.actions.entering.enter import enter_queue
from webacd.actions.entering.waiting import (
    abandon,
    come_back,
    drop,
    end_waits_in_closed_queues,
    find_silent,
    note_seen,
)
from webacd.actions.offering.accept import accept, pick
from webacd.actions.offering.offers import decline
from webacd.actions.offering.route import route
from webacd.actions.reconcile import reconcile
from webacd.errors import (
    AgentIsFull,
    NoCherryPicking,
    NotOffered,
    OfferOver,
    QueueClosed,
    QueueFull,
    QueueUnknown,
    RequestOver,
    TakenBy,
)
from webacd.models import Agent, Offer, OpeningHours, QueueEntry, SupportRequest

pytestmark = pytest.mark.django_db
Outcome = SupportRequest.Outcome


def outcome(request):
    request.refresh_from_db()
    return request.outcome


def request_events(request):
    return [(event.type, event.data) for event in events_after(request.stream, 0, audience="everyone")]


# ---- entering


def test_customer_enters_and_waits(queue):
    request, secret = enter_queue(queue, name="Carol", email="carol@example.org", language="ar")
    entry = QueueEntry.objects.get()
    assert (entry.request, entry.queue, entry.priority, entry.offered_until) == (request, queue, 0, None)
    assert (outcome(request), request.language) == ("", "ar")
    assert secret not in request.seat_hash
    assert request_events(request) == [("request.entered", {"queue": queue.pk})]


def test_closed_queue_takes_nobody_and_notes_it(queue, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 18, 0, tzinfo=UTC), tick=False)
    OpeningHours.objects.create(queue=queue, weekday=0, opens=time(9), closes=time(17))
    with pytest.raises(QueueClosed):
        enter(queue)
    assert (SupportRequest.objects.get().outcome, QueueEntry.objects.count()) == (Outcome.CLOSED, 0)


def test_queue_out_of_use_is_unknown(queue):
    queue.is_active = False
    queue.save()
    with pytest.raises(QueueUnknown):
        enter(queue)
    assert not SupportRequest.objects.exists()


def test_full_queue_refuses_and_notes_it(queue):
    queue.maximum_length = 1
    queue.save()
    enter(queue, "First")
    with pytest.raises(QueueFull):
        enter(queue, "Second")
    assert list(SupportRequest.objects.order_by("pk").values_list("name", "outcome")) == [
        ("First", ""),
        ("Second", Outcome.QUEUE_FULL),
    ]


def test_full_queue_overflows(queue):
    overflow = make_queue("billing")
    queue.maximum_length, queue.overflow_queue = 1, overflow
    queue.save()
    enter(queue, "First")
    second = enter(queue, "Second")
    assert (second.queue, second.entry_queue) == (overflow, queue)


# ---- offers


def test_offer_reaches_the_agent_with_its_reason(queue, amal_agent):
    request = enter(queue)
    before = len(inbox(amal_agent))
    offer = offered(amal_agent)
    assert (offer.request, offer.expires_at - offer.made_at) == (request, timedelta(seconds=30))
    expected = {"offer": offer.pk, "request": request.pk, "expires_at": offer.expires_at.isoformat()}
    assert inbox(amal_agent)[before:] == [("offer.made", expected)]
    assert offer.rule == "most_idle"
    you = offer.candidate
    assert (you.agent, you.slots, you.level, you.chosen) == (amal_agent.pk, 1, 1, True)


def test_routing_again_offers_nothing_twice(queue, amal_agent):
    enter(queue)
    assert (route(), route()) == (1, 0)
    assert len(offers_of(amal_agent)) == 1


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


def test_unanswered_goes_to_the_next_and_the_agent_rests(queue, amal_agent, bilal_agent, clock):
    join_queue(queue, bilal_agent)
    request = enter(queue)
    route()
    clock.forward(seconds=30)
    assert [offer.request for offer in offers_of(bilal_agent)] == [request]
    amal_agent.refresh_from_db()
    assert (amal_agent.is_resting, amal_agent.unanswered) == (True, 1)
    assert inbox(amal_agent)[-1][1]["state"] == "unanswered"


def test_declined_goes_to_the_next(queue, amal_agent, bilal_agent, amal, clock):
    join_queue(queue, bilal_agent)
    enter(queue)
    decline(offered(amal_agent), by=amal)
    clock.forward(seconds=0)
    assert offers_of(amal_agent) == []
    assert len(offers_of(bilal_agent)) == 1
    clock.forward(seconds=20)
    amal_agent.refresh_from_db()
    assert not amal_agent.is_resting


def test_same_agent_is_asked_again_after_the_rest(queue, amal_agent, amal, clock):
    enter(queue)
    decline(offered(amal_agent), by=amal)
    clock.forward(seconds=19)
    assert offers_of(amal_agent) == []
    clock.forward(seconds=2)
    assert len(offers_of(amal_agent)) == 1


def test_three_unanswered_in_a_row_make_him_away_and_he_is_told(queue, amal_agent, clock):
    enter(queue)
    route()
    for _offer in range(3):
        clock.forward(seconds=30)
        clock.forward(seconds=21)
    amal_agent.refresh_from_db()
    assert (amal_agent.status, amal_agent.away_cause) == ("away", "unanswered")
    assert ("agent.status", {"agent": amal_agent.pk, "status": "away", "cause": "unanswered"}) in inbox(amal_agent)
    assert offers_of(amal_agent) == []


def test_accepting_forgets_the_unanswered(queue, amal_agent, amal, clock):
    enter(queue)
    route()
    clock.forward(seconds=30)
    clock.forward(seconds=21)
    accept(offers_of(amal_agent)[0], by=amal)
    amal_agent.refresh_from_db()
    assert amal_agent.unanswered == 0


def test_going_away_with_an_open_offer_gives_it_to_the_next(queue, amal_agent, bilal_agent, amal, clock):
    join_queue(queue, bilal_agent)
    enter(queue)
    offer = offered(amal_agent)
    set_status(amal_agent, Agent.Status.AWAY, by=amal)
    clock.forward(seconds=0)
    offer.refresh_from_db()
    assert offer.state == Offer.State.WITHDRAWN
    assert len(offers_of(bilal_agent)) == 1


# ---- limits


def test_single_session_mode_is_one_at_a_time(queue, amal_agent, amal, clock):
    enter(queue, "One")
    enter(queue, "Two")
    accept(offered(amal_agent), by=amal)
    clock.forward(seconds=0)
    assert offers_of(amal_agent) == []


def test_session_started_meanwhile_makes_the_accept_fail(queue, amal_agent, amal):
    enter(queue)
    offer = offered(amal_agent)
    make_session(amal)
    with pytest.raises(AgentIsFull):
        accept(offer, by=amal)
    assert SupportSession.objects.count() == 1
    assert outcome(offer.request) == ""


def test_multi_session_agent_holds_as_many_as_his_limit(queue, amal, policy):
    amal.privileges.multi_session = True
    amal.privileges.save()
    agent = Agent.objects.get(user=amal)
    agent.most_sessions = 2
    agent.save()
    for name in ("One", "Two", "Three"):
        enter(queue, name)
    for _time in range(2):
        accept(offered(agent), by=amal)
    assert route() == 0
    assert SupportSession.objects.controlled_by(amal).count() == 2


def test_site_maximum_counts_as_well(queue, amal, policy):
    amal.privileges.multi_session, amal.privileges.max_customers = True, 1
    amal.privileges.save()
    agent = Agent.objects.get(user=amal)
    agent.most_sessions = 9
    agent.save()
    served(queue, agent)
    enter(queue, "Two")
    assert route() == 0


# ---- picking


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


# ---- ways out


def test_abandoning_withdraws_the_offers(queue, amal_agent):
    request = enter(queue)
    offer = offered(amal_agent)
    abandon(request)
    abandon(request)
    offer.refresh_from_db()
    assert (outcome(request), offer.state) == (Outcome.ABANDONED, Offer.State.WITHDRAWN)
    assert not QueueEntry.objects.exists()


def test_accepting_somebody_who_left(queue, amal_agent, amal):
    request = enter(queue)
    offer = offered(amal_agent)
    abandon(request)
    with pytest.raises(RequestOver):
        accept(offer, by=amal)


def test_coming_back_in_time_keeps_the_place(queue, clock):
    request = enter(queue)
    come_back(request, page="one")
    clock.forward(seconds=120)
    drop(request, page="one")
    clock.forward(seconds=59)
    come_back(request, page="two")
    drop(request, page="one")
    clock.forward(seconds=300)
    assert outcome(request) == ""
    assert QueueEntry.objects.get().since == request.arrived_at


def test_staying_away_too_long_is_abandoning(queue, clock):
    request = enter(queue)
    come_back(request, page="one")
    drop(request, page="one")
    clock.forward(seconds=60)
    assert outcome(request) == Outcome.ABANDONED
    with pytest.raises(RequestOver):
        come_back(request, page="one")


def test_page_that_never_came_is_abandoning(queue, clock):
    request = enter(queue, here=False)
    clock.forward(seconds=60)
    assert outcome(request) == Outcome.ABANDONED


def test_maximum_wait_ends_the_wait(queue, clock):
    queue.maximum_wait = 1
    queue.save()
    request = enter(queue)
    come_back(request, page="one")
    Agent.objects.update(status="away")
    clock.forward(seconds=60)
    assert outcome(request) == Outcome.TIMED_OUT
    assert request_events(request)[-1] == ("request.over", {"outcome": "timed_out"})


def test_maximum_wait_where_nobody_works_says_so(queue, clock):
    queue.maximum_wait = 1
    queue.save()
    request = enter(queue)
    Agent.objects.update(status="signed_out")
    clock.forward(seconds=60)
    assert outcome(request) == Outcome.NO_AGENTS


@pytest.fixture
def closing(queue, time_machine):
    """Carol waits in a queue without a limit that has closed meanwhile; it is Monday evening."""
    queue.maximum_wait = 0
    queue.save()
    OpeningHours.objects.create(queue=queue, weekday=0, opens=time(9), closes=time(17))
    time_machine.move_to(datetime(2026, 3, 2, 16, 59, tzinfo=UTC), tick=False)
    request = enter(queue)
    time_machine.move_to(datetime(2026, 3, 2, 17, 1, tzinfo=UTC), tick=False)
    return request


def test_nobody_waits_before_a_closed_door(closing):
    end_waits_in_closed_queues()
    assert outcome(closing) == ""
    Agent.objects.update(status="signed_out")
    end_waits_in_closed_queues()
    assert outcome(closing) == Outcome.CLOSED


def test_who_waits_before_a_closed_door_overflows_first(closing, queue):
    queue.overflow_queue = make_queue("night")
    queue.save()
    Agent.objects.update(status="signed_out")
    end_waits_in_closed_queues()
    assert (outcome(closing), QueueEntry.objects.get().queue.slug) == ("", "night")


def test_queue_in_which_somebody_waits_is_not_deleted(queue):
    request = enter(queue)
    with pytest.raises(ProtectedError):
        queue.delete()
    abandon(request)
    queue.delete()


def test_maximum_wait_overflows_first_and_keeps_the_time_waited(queue, clock):
    overflow = make_queue("billing", maximum_wait=5)
    queue.maximum_wait, queue.overflow_queue = 1, overflow
    queue.save()
    request = enter(queue)
    come_back(request, page="one")
    Agent.objects.update(status="away")
    clock.forward(seconds=60)
    entry = QueueEntry.objects.get()
    assert (entry.queue, entry.since, entry.overflowed) == (overflow, request.arrived_at, True)
    clock.forward(minutes=4)
    assert outcome(request) == Outcome.NO_AGENTS


def test_every_way_out_leaves_the_line(queue, amal_agent, amal, clock):
    for name in ("One", "Two", "Three"):
        enter(queue, name, here=False)
    accept(offered(amal_agent), by=amal)
    clock.forward(seconds=60)
    entered = SupportRequest.objects.filter(kind=SupportRequest.Kind.ENTERED)
    assert sorted(entered.values_list("outcome", flat=True)) == ["abandoned", "abandoned", "answered"]
    assert not QueueEntry.objects.filter(request__in=entered).exists()


# ---- nothing is lost


def test_offer_whose_deadline_was_lost_is_reaped(queue, amal_agent, time_machine):
    enter(queue)
    offer = offered(amal_agent)
    time_machine.move_to(offer.expires_at + timedelta(seconds=6), tick=False)
    reconcile()
    offer.refresh_from_db()
    assert (offer.state, QueueEntry.objects.get().offered_until) == (Offer.State.UNANSWERED, None)


def test_place_held_by_nothing_is_freed(queue):
    enter(queue)
    QueueEntry.objects.update(offered_until=timezone.now() - timedelta(seconds=6))
    reconcile()
    assert QueueEntry.objects.get().offered_until is None


def test_available_again_is_offered_what_waits(queue, amal_agent, amal, clock):
    set_status(amal_agent, Agent.Status.SIGNED_OUT, by=amal)
    enter(queue)
    clock.forward(seconds=1)
    assert offers_of(amal_agent) == []
    set_status(amal_agent, AVAILABLE, by=amal)
    clock.forward(seconds=0)
    assert len(offers_of(amal_agent)) == 1


def test_disabled_account_is_offered_nothing(queue, amal):
    amal.is_active = False
    amal.save()
    enter(queue)
    assert route() == 0


def test_new_agent_is_signed_out(amal):
    assert make_agent(amal, available=False).status == "signed_out"


def test_stamp_of_a_living_page_keeps_the_place_of_who_was_taken_for_gone(clock, queue):
    request = enter(queue)
    come_back(request, page="one")
    clock.forward(seconds=50)
    find_silent(timedelta(seconds=45))
    request.refresh_from_db()
    assert request.away_since is not None

    note_seen([(request.pk, "an older one")])
    note_seen([(request.pk, "one")])
    clock.forward(seconds=61)
    assert outcome(request) == ""
