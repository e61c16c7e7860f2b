"""What distribution does when something happens in a session: wrap-up (acd 7), and offers to an agent who is full."""

from datetime import timedelta

import pytest

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.start import start_session
from tests.webacd.factories import enter, join_queue, offered, offers_of, served
from webacd.actions.agents.agents import end_wrap_up, extend_wrap_up
from webacd.errors import CannotExtend

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_offer_goes_to_others_when_its_agent_starts_a_session(queue, amal, amal_agent, bilal_agent, clock):
    """In single-session mode they could only refuse it."""
    enter(queue)
    offered(amal_agent)
    join_queue(queue, bilal_agent)
    start_session(by=amal)
    clock.forward(seconds=0)
    assert (offers_of(amal_agent), len(offers_of(bilal_agent))) == ([], 1)
