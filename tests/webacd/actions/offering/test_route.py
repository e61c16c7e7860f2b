"""Who is offered what: routing reads, decides and makes offers (acd 6)."""

from datetime import timedelta

import pytest

from sessions_app.models import SupportSession
from tests.webacd.factories import AVAILABLE, enter, inbox, offered, offers_of, served
from webacd.actions.agents.agents import set_status
from webacd.actions.offering.accept import accept
from webacd.actions.offering.route import route
from webacd.models import Agent

pytestmark = pytest.mark.django_db


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


def test_single_session_mode_is_one_at_a_time(queue, amal_agent, amal, clock):
    enter(queue, "One")
    enter(queue, "Two")
    accept(offered(amal_agent), by=amal)
    clock.forward(seconds=0)
    assert offers_of(amal_agent) == []


def test_multi_session_agent_holds_as_many_as_their_limit(queue, amal, policy):
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
