"""An offer reaches the agent's devices, on which no page may be open, from the moment it is made until it is over."""

from datetime import time

import pytest
from django.utils import translation
from django.utils.translation import gettext

from sessions_app.actions.notifications import choose_notifications
from supportcenter import clock as times
from supportcenter.accounts.actions.pushing import PUSH_TO_DEVICE
from supportcenter.accounts.quiet_hours import QuietHours
from supportcenter.jobs.models import Job
from supportcenter.jobs.workers.runner import run_due
from tests.factories import make_customer, make_session
from tests.push_service import device_of
from tests.webacd.factories import close_all, enter, offered, offers_of, standing, to_agents
from webacd.actions.agents.agent_pages import open_page
from webacd.actions.offering.accept import accept
from webacd.actions.offering.offers import decline
from webacd.actions.offering.route import route
from webacd.engine.facts import obstacle
from webacd.queries.agent_views import agent_views

# On PostgreSQL the site goes by the server's clock, which no test moves.
pytestmark = pytest.mark.django_db

EVERY_DAY = QuietHours(time(0), time(23, 59), "UTC")


@pytest.fixture
def phone(amal, push_service):
    return device_of(amal, push_service)


def choose(user, **more):
    choose_notifications(**{"silent": [], "unshown": [], "quiet_hours": None, **more}, by=user)


@pytest.mark.both_databases
def test_offer_is_pushed_to_every_device_in_its_language(phone, amal, amal_agent, queue, push_service):
    tablet = device_of(amal, push_service, language="ar")
    enter(queue)
    offer = offered(amal_agent)
    assert push_service.asked == 0
    run_due()
    [shown], [arabic] = phone.got, tablet.got
    facts = {"tag": f"offer-{offer.pk}", "url": "/webacd/inbox/", "silent": False, "always": False}
    assert shown == {"title": "A customer is waiting for you", "lang": "en", "dir": "ltr", **facts}
    with translation.override("ar"):
        assert arabic == {"title": gettext("A customer is waiting for you"), "lang": "ar", "dir": "rtl", **facts}
    assert arabic["title"] != shown["title"]
    [headers] = phone.headers
    assert 0 < int(headers["TTL"]) <= queue.offer_seconds


@pytest.mark.both_databases
def test_push_says_nothing_of_the_customer(phone, amal_agent, queue):
    enter(queue, "Carol", email="carol@example.org")
    offered(amal_agent)
    run_due()
    assert "arol" not in str(phone.got)


@pytest.mark.both_databases
def test_other_agents_hear_nothing_of_it(phone, bilal, bilal_agent, amal_agent, queue, push_service):
    other = device_of(bilal, push_service)
    enter(queue)
    offered(amal_agent)
    run_due()
    assert (len(phone.got), other.got) == (1, [])


@pytest.mark.both_databases
def test_session_offered_by_name_is_pushed_as_well(amal, bilal, bilal_agent, amal_agent, push_service):
    device = device_of(bilal, push_service)
    session = make_session(amal)
    make_customer(session)
    to_agents(session, bilal_agent)
    run_due()
    [shown] = device.got
    assert shown["tag"] == f"offer-{offers_of(bilal_agent)[0].pk}"


@pytest.mark.parametrize("end", ["accept", "decline", "expire"])
def test_offer_that_is_over_is_pushed_no_more(phone, amal, amal_agent, queue, push_service, clock, end):
    enter(queue)
    offer = offered(amal_agent)
    if end == "accept":
        accept(offer, by=amal)
    elif end == "decline":
        decline(offer, by=amal)
    clock.forward(seconds=queue.offer_seconds if end == "expire" else 0)
    assert push_service.asked == 0


def test_while_the_push_service_is_away_it_is_tried_until_the_offer_is_over(
    phone, amal_agent, queue, push_service, clock
):
    push_service.status = 503
    enter(queue)
    offer = offered(amal_agent)
    for _second in range(queue.offer_seconds):
        clock.forward(seconds=1)
    assert push_service.asked > 1
    push_service.status = 201
    for _second in range(60):
        clock.forward(seconds=1)
    # What comes then is the next offer, once the agent has rested.
    assert f"offer-{offer.pk}" not in [shown["tag"] for shown in phone.got]


@pytest.mark.both_databases
def test_quiet_hours_hold_back_no_offer(phone, amal, amal_agent, queue):
    choose(amal, quiet_hours=EVERY_DAY)
    enter(queue)
    offered(amal_agent)
    run_due()
    assert len(phone.got) == 1


@pytest.mark.both_databases
def test_who_wants_no_notification_of_offers_gets_none_and_who_wants_no_sound_no_sound(
    phone, amal, amal_agent, queue, push_service
):
    choose(amal, silent=["offer"])
    enter(queue)
    offer = offered(amal_agent)
    run_due()
    [shown] = phone.got
    assert shown["silent"] is True
    decline(offer, by=amal)
    choose(amal, unshown=["offer"])
    amal_agent.refresh_from_db()
    amal_agent.resting_until = None
    amal_agent.save()
    enter(queue, "Dave")
    offered(amal_agent)
    run_due()
    assert len(phone.got) == 1


@pytest.mark.both_databases
def test_who_is_no_agent_any_more_is_told_of_no_offer(phone, amal, amal_agent, queue, push_service):
    enter(queue)
    offered(amal_agent)
    amal_agent.is_active = False
    amal_agent.save()
    run_due()
    assert push_service.asked == 0


@pytest.mark.both_databases
def test_without_devices_nothing_waits(amal_agent, queue, push_service):
    enter(queue)
    route()
    assert offers_of(amal_agent)
    assert not Job.objects.filter(kind=PUSH_TO_DEVICE).exists()


def test_agent_without_a_page_is_offered_nothing_though_a_device_takes_what_is_pushed(
    phone, amal_agent, queue, push_service, clock
):
    close_all(amal_agent)
    request = enter(queue)
    clock.forward(seconds=0)
    assert (offers_of(amal_agent), push_service.asked) == ([], 0)
    assert obstacle(agent_views()[amal_agent.pk], times.now()) == "no_page"
    open_page(amal_agent)
    clock.forward(seconds=0)
    assert [offer.request for offer in offers_of(amal_agent)] == [request]
    clock.forward(seconds=0)
    assert len(phone.got) == 1


def test_offer_that_was_open_when_the_last_page_closed_is_still_pushed(phone, amal_agent, queue, clock):
    enter(queue)
    offer = offered(amal_agent)
    close_all(amal_agent)
    clock.forward(seconds=0)
    assert [shown["tag"] for shown in phone.got] == [f"offer-{offer.pk}"]
    clock.forward(seconds=45)
    assert standing(amal_agent) == ("away", "no_page")
    assert offers_of(amal_agent) == []
