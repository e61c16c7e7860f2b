"""An agent has their status, and hears of customers, on every page of the site."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from supportcenter.accounts.models import CsrPrivileges
from tests.webacd.factories import enter, offered, served
from webacd.actions.agents.agents import finish_work, set_status
from webacd.models import Agent, AwayReason

pytestmark = pytest.mark.django_db
# As many as the whole room of any other representative: none is for the offers.
MOST_QUERIES = 11


@pytest.fixture
def session(queue, amal_agent):
    return served(queue, amal_agent)


def test_offers_come_to_the_console_of_an_agent(client, session, amal):
    client.force_login(amal)
    page = client.get(reverse("dashboard", args=[session.key])).content.decode()
    assert "data-console-offers" in page
    assert "data-tray-offers" in page
    part = client.get(reverse("inbox_region", args=["console"])).content.decode()
    assert reverse("inbox_region", args=["offers"]) in part


def test_agent_who_is_no_csr_any_more_has_none(client, session, amal):
    """E11: the inbox would refuse their page."""
    CsrPrivileges.objects.filter(user=amal).delete()
    client.force_login(amal)
    page = client.get(reverse("dashboard", args=[session.key])).content.decode()
    assert "data-console-offers" not in page


def test_who_is_no_agent_has_none(client, session, amal):
    Agent.objects.filter(user=amal).update(is_active=False)
    client.force_login(amal)
    page = client.get(reverse("dashboard", args=[session.key])).content.decode()
    assert "data-console-offers" not in page
    assert "data-tray-offers" not in page


PAGES = ["home", "join", "reports", "start_session", "assist_session", "account_change_password", "inbox", "monitor"]


@pytest.mark.parametrize("name", PAGES)
def test_offers_come_to_every_page_of_an_agent_and_of_nobody_else(client, queue, amal, faris, name):
    queue.managers.add(amal, faris)
    client.force_login(amal)
    page = client.get(reverse(name)).content.decode()
    assert page.count("data-console-offers") == 1
    client.force_login(faris)
    assert "data-console-offers" not in client.get(reverse(name)).content.decode()


def test_pages_of_strangers_know_no_agents(client, queue):
    assert "agent-bar" not in client.get("/").content.decode()
    assert "agent-bar" not in client.get(reverse("queue_entry", args=[queue.slug])).content.decode()


def asked_for(client, user):
    client.force_login(user)
    client.get(reverse("assist_session"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("assist_session"))
    return len(asked)


def test_status_costs_a_page_no_query(client, queue, amal, faris, policy):
    """The page asks for the slots and the reasons when it has loaded."""
    assert asked_for(client, amal) == asked_for(client, faris)


def said(html):
    """What the button in the bar says, without its time."""
    button = html.split("agent-bar__button", 1)[1].split("</button>", 1)[0]
    return re.search(r'agent-bar__word">([^<]*)<', button)[1], "".join(re.findall(r"\d+/\d+", button))


def bar(client):
    return client.get(reverse("inbox_region", args=["bar"])).content.decode()


def test_bar_says_what_the_agent_has_chosen_and_the_slots(client, queue, amal, amal_agent):
    client.force_login(amal)
    assert said(bar(client)) == ("Available", "0/1")
    set_status(amal_agent, "away", reason=AwayReason.objects.create(name="Lunch", name_ar="غداء"), by=amal)
    assert said(bar(client)) == ("Away", "0/1")
    assert said(client.get("/").content.decode()) == ("Away", "")
    set_status(amal_agent, "signed_out", by=amal)
    assert said(bar(client)) == ("Signed out", "0/1")


def test_bar_says_that_the_agent_is_busy_then_wrapping_up(client, session, amal, amal_agent, clock):
    client.force_login(amal)
    assert said(bar(client)) == ("Busy", "1/1")
    end_session(session, by=session.primary)
    finish_work(amal_agent, 15)
    html = bar(client)
    assert said(html) == ("Wrapping up", "0/1")
    assert "Ready now" in html
    assert "One more minute" in html
    assert "data-look-again-at" in html
    clock.forward(seconds=15)
    html = bar(client)
    assert said(html) == ("Available", "0/1")
    assert "Ready now" not in html


def test_menu_has_every_status_and_marks_the_one_chosen(client, queue, amal, amal_agent):
    lunch = AwayReason.objects.create(name="Lunch", name_ar="غداء")
    client.force_login(amal)
    for status, chosen in (("available", "available"), (f"away-{lunch.pk}", f"away-{lunch.pk}"), ("away", "away")):
        client.post(reverse("set_agent_status"), {"status": status}, headers={"x-requested-with": "fetch"})
        found = re.findall(r'name="status" value="([\w-]+)"( aria-current="true")?', re.sub(r" +", " ", bar(client)))
        assert [value for value, _mark in found] == ["available", "away", f"away-{lunch.pk}", "signed_out"]
        assert [value for value, mark in found if mark] == [chosen]


def test_page_that_opens_has_the_offers_that_are_open(client, queue, amal, amal_agent):
    enter(queue)
    offered(amal_agent)
    client.force_login(amal)
    part = client.get(reverse("inbox_region", args=["console"])).content.decode()
    assert part.count("data-offer=") == 1
    assert said(part) == ("Available", "0/1")


@pytest.mark.parametrize("region", ["console", "bar"])
def test_what_every_page_asks_for_is_cheap(
    client, queue, amal, amal_agent, policy, region, django_assert_max_num_queries
):
    enter(queue)
    offered(amal_agent)
    client.force_login(amal)
    with django_assert_max_num_queries(8):
        client.get(reverse("inbox_region", args=[region]))


def test_console_of_an_agent_is_cheap(client, session, amal, policy, django_assert_max_num_queries):
    client.force_login(amal)
    client.get(reverse("dashboard", args=[session.key]))
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(reverse("dashboard", args=[session.key]))
