"""Relinquishing a session to agents or to a queue (S67–S83, E17–E29, acd 12)."""

import pytest
from django.utils import timezone

from sessions_app.actions.activities.activities import start_activity
from sessions_app.errors import NotInControl
from sessions_app.models import CsrDesk, Participant
from supportcenter.accounts.capabilities import Capability
from tests.factories import latest, make_assistant, make_customer, make_session, types
from tests.webacd.factories import AVAILABLE, enter, fresh, join_queue, offered, offers_of, to_agents, to_queue
from webacd.actions.agents.agents import set_status
from webacd.actions.transfer.transfer import transfer_to_queue
from webacd.errors import (
    AgentAtCapacity,
    AgentNotAvailable,
    AgentUnknown,
    MessageTooLong,
    NobodyAvailable,
    NobodyChosen,
    NoCustomer,
    NotAnAgent,
    NotToYourself,
    QueueClosed,
    QueueUnknown,
)
from webacd.models import Agent, Holiday, Queue, QueueEntry

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_transferor_is_not_offered_their_own_session_for_a_minute(
    session, carol, billing, amal_agent, clock, bilal_agent
):
    join_queue(billing, amal_agent)
    set_status(bilal_agent, "away", by=bilal_agent.user)
    to_queue(session, billing, confirmed=True)
    clock.forward(seconds=59)
    assert offers_of(amal_agent) == []
    clock.forward(seconds=2)
    assert len(offers_of(amal_agent)) == 1


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
        Agent.objects.filter(user=session.primary.user).update(is_active=False)
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
