"""Offers that are not accepted (acd 6)."""

import pytest

from tests.webacd.factories import enter, inbox, join_queue, offered, offers_of
from webacd.actions.agents.agents import set_status
from webacd.actions.offering.offers import decline
from webacd.actions.offering.route import route
from webacd.models import Agent, Offer

pytestmark = pytest.mark.django_db


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


def test_three_unanswered_in_a_row_make_an_agent_away_who_is_told(queue, amal_agent, clock):
    enter(queue)
    route()
    for _offer in range(3):
        clock.forward(seconds=30)
        clock.forward(seconds=21)
    amal_agent.refresh_from_db()
    assert (amal_agent.status, amal_agent.away_cause) == ("away", "unanswered")
    assert ("agent.status", {"agent": amal_agent.pk, "status": "away", "cause": "unanswered"}) in inbox(amal_agent)
    assert offers_of(amal_agent) == []


def test_going_away_with_an_open_offer_gives_it_to_the_next(queue, amal_agent, bilal_agent, amal, clock):
    join_queue(queue, bilal_agent)
    enter(queue)
    offer = offered(amal_agent)
    set_status(amal_agent, Agent.Status.AWAY, by=amal)
    clock.forward(seconds=0)
    offer.refresh_from_db()
    assert offer.state == Offer.State.WITHDRAWN
    assert len(offers_of(bilal_agent)) == 1
