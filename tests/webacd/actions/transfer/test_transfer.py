"""Relinquishing a session to agents or to a queue (S67–S83, E17–E29, acd 12)."""

from datetime import timedelta

import pytest

from sessions_app.actions.activities.activities import start_activity
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.lifecycle.start import start_session
from sessions_app.actions.presence.presence import close_page
from sessions_app.errors import NotInControl, NotInTransfer, SessionRunning
from sessions_app.models import CsrDesk, Participant, SupportSession
from sessions_app.queries.record import record_of
from supportcenter.accounts.capabilities import Capability
from supportcenter.jobs.workers.runner import run_due
from tests.factories import be_here, latest, make_assistant, make_customer, make_session, types
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
from webacd.actions.agents.agents import end_wrap_up, extend_wrap_up, set_status
from webacd.actions.monitoring.supervisor import move_request
from webacd.actions.offering.accept import accept
from webacd.actions.offering.offers import decline
from webacd.actions.transfer.in_transfer import take_back
from webacd.actions.transfer.transfer import transfer_to_agents, transfer_to_queue
from webacd.errors import (
    AgentAtCapacity,
    AgentIsFull,
    AgentNotAvailable,
    AgentUnknown,
    CannotExtend,
    MessageTooLong,
    NobodyAvailable,
    NobodyChosen,
    NoCustomer,
    NotAManager,
    NotAnAgent,
    NotToYourself,
    NotYourTransfer,
    OfferOver,
    QueueClosed,
    QueueUnknown,
    TakenBy,
)
from webacd.models import Agent, Holiday, Queue, QueueEntry, SupportRequest

pytestmark = pytest.mark.django_db(transaction=True)
Outcome = SupportRequest.Outcome


@pytest.fixture
def billing(bilal_agent):
    return make_queue("billing", agents=[bilal_agent])


@pytest.fixture
def session(amal_agent, session):
    return session


def to_queue(session, queue, **more):
    return transfer_to_queue(session, queue, by=session.primary, **more)


def to_agents(session, *agents, **more):
    return transfer_to_agents(session, agents, by=session.primary, **more)


def outcome(request):
    request.refresh_from_db()
    return request.outcome


def fresh(session):
    return SupportSession.objects.get(pk=session.pk)


# ---- letting go


def test_transferor_is_out_at_once_and_everything_ends(session, carol, billing, amal):
    start_activity(session, Capability.VOICE, by=session.primary)
    before = len(latest(session))
    request = to_queue(session, billing)
    session = fresh(session)
    assert (session.primary, session.is_open, session.state) == (None, True, "in_transfer")
    assert Participant.objects.get(session=session, user=amal).left_reason == "transferred"
    assert types(session)[before:] == ["activity.stopped", "chat.closed", "control.released", "participant.left"]
    assert CsrDesk.objects.get(user=amal).customers == 0
    entry = QueueEntry.objects.get()
    assert (entry.request, entry.queue, entry.priority) == (request, billing, QueueEntry.TRANSFERRED)
    assert (request.name, request.arrived_at) == ("Carol", carol.joined_at)


def test_transferred_session_goes_before_new_customers(session, carol, billing, bilal_agent):
    set_status(bilal_agent, Agent.Status.AWAY, by=bilal_agent.user)
    enter(billing, "New")
    request = to_queue(session, billing, confirmed=True)
    set_status(bilal_agent, AVAILABLE, by=bilal_agent.user)
    assert offered(bilal_agent).request == request


def test_accepting_makes_one_primary_and_keeps_the_session(session, carol, billing, bilal_agent, bilal):
    request = to_queue(session, billing, message="Printer, error 7")
    assert accept(offered(bilal_agent), by=bilal) == session
    session = fresh(session)
    assert (session.primary.user, session.current_customer) == (bilal, carol)
    assert CsrDesk.objects.get(user=bilal).customers == 1
    assert (outcome(request), request.message) == (Outcome.ANSWERED, "Printer, error 7")
    assert latest(session)[-1] == (
        "control.transferred",
        {"from": None, "from_name": "", "to": session.primary_id, "to_name": "Bilal", "why": "accepted"},
    )


def test_accepting_where_one_assists_makes_one_primary(session, carol, billing, bilal_agent, bilal):
    assistant = make_assistant(session, bilal)
    to_queue(session, billing)
    accept(offered(bilal_agent), by=bilal)
    session = fresh(session)
    assert session.primary == assistant
    assert session.participants.csrs().present().count() == 1


def test_accepting_a_session_that_is_no_longer_on_record_is_refused(session, carol, billing, bilal_agent, bilal):
    request = to_queue(session, billing)
    offer = offered(bilal_agent)
    SupportRequest.objects.filter(pk=request.pk).update(session=None)
    with pytest.raises(NotInTransfer):
        accept(offer, by=bilal)
    assert not SupportSession.objects.controlled_by(bilal).exists()


def test_several_agents_are_asked_at_once_and_the_first_has_it(session, carol, bilal_agent, bilal, faris):
    faris_agent = make_agent(faris)
    to_agents(session, bilal_agent, faris_agent)
    (first,), (second,) = offers_of(bilal_agent), offers_of(faris_agent)
    accept(second, by=faris)
    with pytest.raises(TakenBy) as refusal:
        accept(first, by=bilal)
    assert str(refusal.value.message) == "Taken by Faris."
    assert fresh(session).primary.user == faris
    assert inbox(bilal_agent)[-1][1]["taken_by"] == "Faris"


def test_transferor_hears_who_took_it(session, carol, bilal_agent, bilal, amal_agent):
    request = to_agents(session, bilal_agent)
    accept(offers_of(bilal_agent)[0], by=bilal)
    assert inbox(amal_agent)[-1] == (
        "transfer.over",
        {"request": request.pk, "outcome": "answered", "taken_by": "Bilal"},
    )


# ---- who may, and to whom: nothing changes when refused


@pytest.fixture
def unchanged(session, carol):
    yield
    session = fresh(session)
    assert session.is_open
    assert session.primary is not None
    assert session.primary.is_present
    assert not QueueEntry.objects.exists()


@pytest.mark.usefixtures("unchanged")
class TestRefused:
    def test_to_who_is_no_agent(self, session, bilal_agent):
        Agent.objects.filter(user=session.primary.user).delete()
        with pytest.raises(NotAnAgent):
            to_agents(session, bilal_agent)

    def test_to_an_assistant(self, session, bilal, bilal_agent, billing):
        with pytest.raises(NotInControl):
            transfer_to_queue(session, billing, by=make_assistant(session, bilal))

    def test_without_a_target(self, session):
        with pytest.raises(NobodyChosen):
            to_agents(session)

    def test_forged_agent(self, session):
        with pytest.raises(AgentUnknown):
            to_agents(session, Agent(pk=999))

    def test_forged_queue(self, session):
        with pytest.raises(QueueUnknown):
            to_queue(session, Queue(pk=999))

    def test_to_oneself(self, session, amal_agent):
        with pytest.raises(NotToYourself):
            to_agents(session, amal_agent)

    @pytest.mark.parametrize("status", ["away", "signed_out"])
    def test_agent_who_is_not_available(self, session, bilal_agent, status):
        set_status(bilal_agent, status, by=bilal_agent.user)
        with pytest.raises(AgentNotAvailable) as refusal:
            to_agents(session, bilal_agent)
        assert refusal.value.facts == {"agent": "Bilal"}

    def test_agent_at_capacity(self, session, bilal_agent, bilal):
        make_session(bilal)
        with pytest.raises(AgentAtCapacity):
            to_agents(session, bilal_agent)

    def test_agent_without_room_for_all_customers(self, session, bilal_agent, bilal):
        bilal.privileges.max_customers = 1
        bilal.privileges.save()
        make_customer(session, "Omar")
        with pytest.raises(AgentAtCapacity):
            to_agents(session, bilal_agent)

    def test_closed_queue(self, session, billing, clock):
        from django.utils import timezone

        Holiday.objects.create(queue=billing, date=timezone.now().date())
        with pytest.raises(QueueClosed):
            to_queue(session, billing)

    def test_queue_with_nobody_available_wants_a_second_confirmation(self, session, billing, bilal_agent):
        set_status(bilal_agent, "away", by=bilal_agent.user)
        with pytest.raises(NobodyAvailable) as refusal:
            to_queue(session, billing)
        assert refusal.value.facts == {"needs_confirmation": True}

    @pytest.mark.parametrize("text", ["x" * 346, "a\r\n" * 173])
    def test_message_of_346(self, session, billing, text):
        with pytest.raises(MessageTooLong):
            to_queue(session, billing, message=text)


def test_message_of_345_is_taken_as_written(session, carol, billing):
    text = "é" * 344 + "\U0001f44b"
    assert to_queue(session, billing, message=text).message == text


def test_session_without_a_customer_is_not_transferred(session, billing):
    with pytest.raises(NoCustomer):
        to_queue(session, billing)


# ---- while nobody has taken it


def test_transferor_is_not_offered_his_own_session_for_a_minute(
    session, carol, billing, amal_agent, clock, bilal_agent
):
    join_queue(billing, amal_agent)
    set_status(bilal_agent, "away", by=bilal_agent.user)
    to_queue(session, billing, confirmed=True)
    clock.forward(seconds=59)
    assert offers_of(amal_agent) == []
    clock.forward(seconds=2)
    assert len(offers_of(amal_agent)) == 1


def test_taking_back(session, carol, billing, bilal_agent, amal, bilal):
    request = to_queue(session, billing)
    offer = offered(bilal_agent)
    assert take_back(request, by=amal) == session
    assert take_back(request, by=amal) == session
    session = fresh(session)
    assert session.primary.user == amal
    assert session.primary.is_present
    assert outcome(request) == Outcome.TAKEN_BACK
    with pytest.raises(Exception, match="request_over"):
        accept(offer, by=bilal)


def test_taking_back_is_the_transferors_and_only_in_time(session, carol, bilal_agent, bilal, amal):
    request = to_agents(session, bilal_agent)
    with pytest.raises(NotYourTransfer):
        take_back(request, by=bilal)
    accept(offers_of(bilal_agent)[0], by=bilal)
    with pytest.raises(TakenBy):
        take_back(request, by=amal)


def test_agents_who_all_decline_lead_to_the_default_queue(session, carol, bilal_agent, bilal, faris, clock):
    default = make_queue("default", agents=[make_agent(faris)], is_default=True)
    request = to_agents(session, bilal_agent)
    decline(offers_of(bilal_agent)[0], by=bilal)
    assert QueueEntry.objects.get().queue == default
    clock.forward(seconds=0)
    assert [offer.request for offer in offers_of(Agent.objects.get(user=faris))] == [request]


def test_queue_leads_to_overflow_then_to_everybody_and_managers(
    session, carol, billing, bilal, bilal_agent, faris, clock
):
    overflow_agent = make_agent(faris)
    overflow = make_queue("overflow", agents=[overflow_agent])
    billing.overflow_queue = overflow
    billing.save()
    to_queue(session, billing)
    decline(offered(bilal_agent), by=bilal)
    entry = QueueEntry.objects.get()
    assert (entry.queue, entry.escalated) == (overflow, False)
    overflow.managers.add(bilal)
    clock.forward(seconds=0)
    decline(offers_of(overflow_agent)[0], by=faris)
    assert QueueEntry.objects.get().escalated
    clock.forward(seconds=21)
    assert len(offers_of(overflow_agent)) == len(offers_of(bilal_agent)) == 1


def test_nobody_takes_it_for_a_quarter_of_an_hour(session, carol, billing, bilal_agent, clock):
    set_status(bilal_agent, "away", by=bilal_agent.user)
    request = to_queue(session, billing, confirmed=True)
    clock.forward(minutes=14, seconds=59)
    assert fresh(session).is_open
    clock.forward(seconds=1)
    assert (outcome(request), fresh(session).end_reason) == (Outcome.NO_AGENTS, "abandoned")


def test_last_customer_leaving_withdraws_the_offers_and_ends_it(session, carol, billing, bilal_agent):
    request = to_queue(session, billing)
    offered(bilal_agent)
    leave_session(session, by=carol)
    assert (outcome(request), fresh(session).end_reason) == (Outcome.ABANDONED, "abandoned")
    assert offers_of(bilal_agent) == []


def test_both_limits_must_allow_the_accept(session, carol, billing, bilal_agent, bilal):
    to_queue(session, billing)
    offer = offered(bilal_agent)
    make_session(bilal)
    with pytest.raises(AgentIsFull):
        accept(offer, by=bilal)
    assert fresh(session).primary is None


def test_taking_back_is_no_way_to_a_second_session(session, carol, billing, amal, amal_agent):
    """S37: in single-session mode, whatever the transferor has started meanwhile."""
    request = to_queue(session, billing)
    running = start_session(by=amal)
    with pytest.raises(SessionRunning) as refusal:
        take_back(request, by=amal)
    assert refusal.value.facts == {"session": running.key}
    assert (fresh(session).primary, request.locked().is_waiting) == (None, True)

    end_session(running, by=running.primary)
    take_back(request, by=amal)

    assert fresh(session).primary.user == amal


def test_taking_back_keeps_to_the_agents_own_limit(session, carol, billing, policy, amal, amal_agent):
    """E26: as accepting does."""
    policy.multi_session = amal.privileges.multi_session = True
    policy.save()
    amal.privileges.save()
    Agent.objects.filter(pk=amal_agent.pk).update(most_sessions=1)
    request = to_queue(session, billing)
    start_session(by=amal)
    with pytest.raises(AgentIsFull):
        take_back(request, by=amal)
    assert fresh(session).primary is None


def test_manager_moves_a_waiting_customer(queue, billing, dana, bilal):
    request = enter(queue)
    with pytest.raises(NotAManager):
        move_request(request, billing, by=bilal)
    move_request(request, billing, by=dana)
    entry = QueueEntry.objects.get()
    assert (entry.queue, entry.since) == (billing, request.arrived_at)


# ---- orphans (acd 12)


def vanish(participant, clock):
    be_here(participant, page="p", secret="s")
    close_page(participant.session, page="p", secret="s", by=participant)
    clock.forward(seconds=10)


def test_assistant_with_a_session_of_their_own_is_no_heir(queue, amal_agent, bilal, clock):
    """S37, E29: then the queue has it."""
    session = served(queue, amal_agent)
    own = make_session(bilal)
    make_assistant(session, bilal)
    vanish(session.primary, clock)
    assert (fresh(session).primary, fresh(own).primary.user) == (None, bilal)
    assert QueueEntry.objects.get().queue == queue


def test_disabled_agent_gives_the_session_back_though_an_assistant_is_busy(queue, amal_agent, bilal):
    """E11: and the account is disabled, whatever becomes of its sessions."""
    session = served(queue, amal_agent)
    make_session(bilal)
    make_assistant(session, bilal)
    user = amal_agent.user
    user.is_active = False
    user.save()
    run_due()
    assert (fresh(session).is_open, fresh(session).primary) == (True, None)
    assert QueueEntry.objects.get().queue == queue


def test_agent_who_vanishes_gives_the_session_back_to_its_queue(queue, amal_agent, clock):
    session = served(queue, amal_agent)
    arrived = session.requests.get().arrived_at
    vanish(session.primary, clock)
    session = fresh(session)
    assert (session.is_open, session.primary) == (True, None)
    entry = QueueEntry.objects.get()
    assert (entry.queue, entry.since, entry.request.kind) == (queue, arrived, "returned")
    amal_agent.refresh_from_db()
    assert (amal_agent.status, amal_agent.away_cause) == ("away", "vanished")


def test_longest_present_assistant_has_it_first(queue, amal_agent, bilal, clock):
    session = served(queue, amal_agent)
    make_assistant(session, bilal)
    vanish(session.primary, clock)
    assert fresh(session).primary.user == bilal
    assert not QueueEntry.objects.exists()


def test_orphan_goes_to_the_default_queue_if_its_own_is_out_of_use(queue, amal_agent, clock):
    session = served(queue, amal_agent)
    default = make_queue("default", is_default=True)
    Queue.objects.filter(pk=queue.pk).update(is_active=False)
    vanish(session.primary, clock)
    assert QueueEntry.objects.get().queue == default


def test_orphan_without_any_queue_ends(queue, amal_agent, clock):
    session = served(queue, amal_agent)
    Queue.objects.filter(pk=queue.pk).update(is_active=False)
    vanish(session.primary, clock)
    assert fresh(session).end_reason == "dashboard_closed"


def test_session_that_came_by_no_queue_still_ends_with_its_starter(session, carol, clock):
    vanish(session.primary, clock)
    assert fresh(session).end_reason == "dashboard_closed"


def test_returned_session_is_taken_up_by_the_next_agent(queue, amal_agent, bilal_agent, bilal, clock):
    join_queue(queue, bilal_agent)
    set_status(bilal_agent, "away", by=bilal)
    session = served(queue, amal_agent)
    set_status(bilal_agent, AVAILABLE, by=bilal)
    vanish(session.primary, clock)
    assert accept(offers_of(bilal_agent)[0], by=bilal) == session
    assert fresh(session).primary.user == bilal


# ---- wrap-up (acd 7)


def test_wrap_up_follows_a_session_of_the_queue(queue, amal_agent, clock):
    session = served(queue, amal_agent)
    end_session(session, by=session.primary)
    amal_agent.refresh_from_db()
    assert amal_agent.is_wrapping_up
    enter(queue, "Next")
    clock.forward(seconds=14)
    assert offers_of(amal_agent) == []
    clock.forward(seconds=2)
    assert len(offers_of(amal_agent)) == 1


def test_wrap_up_ends_early_or_later(queue, amal_agent, amal, clock):
    session = served(queue, amal_agent)
    end_session(session, by=session.primary)
    amal_agent.refresh_from_db()
    until = amal_agent.wrapping_up_until
    extend_wrap_up(amal_agent, by=amal)
    amal_agent.refresh_from_db()
    assert amal_agent.wrapping_up_until == until + timedelta(seconds=60)
    end_wrap_up(amal_agent, by=amal)
    amal_agent.refresh_from_db()
    assert not amal_agent.is_wrapping_up
    with pytest.raises(CannotExtend):
        extend_wrap_up(amal_agent, by=amal)


def test_session_of_ones_own_is_followed_by_no_wrap_up(session, carol, amal_agent):
    end_session(session, by=session.primary)
    amal_agent.refresh_from_db()
    assert not amal_agent.is_wrapping_up


def test_offer_over_is_said_by_name(session, carol, bilal_agent, bilal, clock):
    to_agents(session, bilal_agent)
    (offer,) = offers_of(bilal_agent)
    clock.forward(seconds=30)
    with pytest.raises(OfferOver):
        accept(offer, by=bilal)


def test_who_accepts_a_session_was_in_control_and_never_an_assistant(queue, amal_agent, bilal_agent):
    """Coming in and taking it are one breath; the record tells one role (E42)."""
    session = served(queue, amal_agent)
    transfer_to_agents(session, [bilal_agent], message="", by=session.primary)
    accept(offered(bilal_agent), by=bilal_agent.user)
    people = record_of(SupportSession.objects.get(pk=session.pk)).people
    assert {one.name: [held.role for held in one.roles] for one in people} == {
        "Amal": ["primary"],
        "Carol": ["customer"],
        "Bilal": ["primary"],
    }


def test_offer_goes_to_others_when_its_agent_starts_a_session(queue, amal, amal_agent, bilal_agent, clock):
    """In single-session mode they could only refuse it."""
    enter(queue)
    offered(amal_agent)
    join_queue(queue, bilal_agent)
    start_session(by=amal)
    clock.forward(seconds=0)
    assert (offers_of(amal_agent), len(offers_of(bilal_agent))) == ([], 1)
