"""A session in transfer that nobody has taken yet (E24, E28)."""

import pytest

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.lifecycle.start import start_session
from sessions_app.errors import SessionRunning
from tests.webacd.factories import fresh, inbox, offered, offers_of, outcome, to_agents, to_queue
from webacd.actions.agents.agents import set_status
from webacd.actions.offering.accept import accept
from webacd.actions.transfer.in_transfer import take_back
from webacd.errors import AgentIsFull, NotYourTransfer, TakenBy
from webacd.models import Agent, SupportRequest

pytestmark = pytest.mark.django_db(transaction=True)
Outcome = SupportRequest.Outcome


def test_transferor_hears_who_took_it(session, carol, bilal_agent, bilal, amal_agent):
    request = to_agents(session, bilal_agent)
    accept(offers_of(bilal_agent)[0], by=bilal)
    assert inbox(amal_agent)[-1] == (
        "transfer.over",
        {"request": request.pk, "outcome": "answered", "taken_by": "Bilal"},
    )


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
