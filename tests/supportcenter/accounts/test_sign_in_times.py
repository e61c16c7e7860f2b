"""How long a sign-in holds: what counts as activity, what that costs, and what the limits do (E71)."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from supportcenter import clock as times
from supportcenter.accounts.actions.activity import note_at_work, noted
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.signed_out import Why
from tests.factories import PASSWORD
from tests.webacd.factories import make_agent
from webacd.actions.agents.agent_pages import note_available
from webacd.models import Agent

pytestmark = pytest.mark.django_db
PAGE = "/sessions/start/"
BY_SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture
def limits(policy):
    SitePolicy.objects.update(sign_in_idle_minutes=60, sign_in_hours=8)


@pytest.fixture
def here(limits, amal, clock):
    return signed_in()


def signed_in(username="amal"):
    client = Client()
    assert client.post("/accounts/login/", {"login": username, "password": PASSWORD}).status_code == 302
    return client


def key_of(client):
    return client.cookies["sessionid"].value


def is_in(client, **more):
    """Without counting as activity."""
    return client.get(reverse("person_page"), headers=BY_SCRIPT, **more).status_code == 200


def why(client):
    return client.get(client.get(PAGE).headers["Location"]).context["why_signed_out"]()


def writes_of(client, path=PAGE, **more):
    with CaptureQueriesContext(connection) as asked:
        client.get(path, **more)
    return [each["sql"].split()[1] for each in asked if each["sql"].startswith("UPDATE")]


class TestIdle:
    def test_who_does_nothing_is_signed_out(self, here, clock):
        clock.forward(minutes=60)
        assert is_in(here)
        clock.forward(minutes=1)
        assert not is_in(here)
        assert why(here) == Why.IDLE.label

    def test_who_opens_a_page_is_not(self, here, clock):
        for _ in range(5):
            clock.forward(minutes=50)
            here.get(PAGE)
        assert is_in(here)

    def test_who_presses_something_is_not(self, here, clock):
        clock.forward(minutes=50)
        here.post("/language/", {"language": "ar"}, headers=BY_SCRIPT)
        here.post(PAGE, headers=BY_SCRIPT)
        clock.forward(minutes=50)
        assert is_in(here)

    def test_a_page_that_looks_again_by_itself_does_not_count(self, here, clock):
        for _ in range(6):
            clock.forward(minutes=10)
            assert is_in(here)
        clock.forward(minutes=1)
        assert not is_in(here)

    def test_zero_is_never(self, here, clock):
        SitePolicy.objects.update(sign_in_idle_minutes=0, sign_in_hours=0)
        here.get(PAGE)
        clock.forward(minutes=2)
        here.get(PAGE)
        clock.forward(days=390)
        assert is_in(here)


class TestCost:
    def test_is_noted_once_a_minute(self, here, clock):
        assert writes_of(here) == []
        clock.forward(seconds=61)
        assert writes_of(here) == ['"usersessions_usersession"', '"django_session"']
        assert writes_of(here) == []
        clock.forward(seconds=61)
        assert len(writes_of(here)) == 2

    def test_another_process_that_has_noted_it_is_enough(self, here, clock):
        clock.forward(seconds=61)
        here.get(PAGE)
        noted.clear()
        assert writes_of(here) == ['"usersessions_usersession"']

    def test_who_is_not_signed_in_costs_nothing(self, here, clock):
        clock.forward(minutes=10)
        assert writes_of(Client(), "/join/") == []

    def test_a_full_disk_takes_no_page_away(self, here, clock, monkeypatch):
        clock.forward(minutes=10)
        with connection.execute_wrapper(full):
            assert here.get(PAGE).status_code == 200


def full(execute, sql, params, many, context):
    if sql.startswith("UPDATE"):
        raise OSError(28, "No space left on device")
    return execute(sql, params, many, context)


class TestAbsolute:
    def test_everybody_has_to_sign_in_again(self, here, clock):
        for _ in range(16):
            clock.forward(minutes=30)
            here.get(PAGE)
        assert not is_in(here)
        assert why(here) == Why.LIMIT.label

    def test_who_has_proved_again_who_they_are_stays(self, here, clock):
        for _ in range(15):
            clock.forward(minutes=30)
            here.get(PAGE)
        here.post("/accounts/reauthenticate/", {"password": PASSWORD})
        clock.forward(minutes=59)
        assert is_in(here)

    def test_pages_know_when_it_ends(self, here):
        ends = (times.now() + timedelta(hours=8)).isoformat()
        assert f'data-sign-in-ends="{ends}"' in here.get(PAGE).content.decode()

    def test_pages_say_nothing_without_a_limit(self, here):
        SitePolicy.objects.update(sign_in_hours=0)
        assert 'data-sign-in-ends=""' in here.get(PAGE).content.decode()


class TestOtherLimits:
    def test_count_for_those_who_are_signed_in(self, here, clock):
        clock.forward(minutes=20)
        policy = SitePolicy.current()
        policy.sign_in_idle_minutes = 10
        policy.save()
        clock.forward(seconds=0)
        assert not is_in(here)

    def test_bring_nobody_back(self, here, clock):
        clock.forward(minutes=61)
        policy = SitePolicy.current()
        policy.sign_in_idle_minutes = 600
        policy.save()
        clock.forward(seconds=0)
        assert not is_in(here)


class TestAtWork:
    def test_a_running_session_counts(self, here, clock):
        for _ in range(4):
            clock.forward(minutes=50)
            note_at_work([key_of(here)])
        assert is_in(here)

    def test_it_is_written_once_a_minute(self, here, clock, django_assert_num_queries):
        with django_assert_num_queries(1):
            note_at_work([key_of(here)])

    def test_the_absolute_limit_counts_in_it(self, here, clock):
        for _ in range(10):
            clock.forward(minutes=50)
            note_at_work([key_of(here)])
        assert not is_in(here)

    def test_an_agent_who_is_available_counts_and_one_who_is_away_does_not(self, here, amal, clock):
        agent = make_agent(amal)
        clock.forward(minutes=50)
        note_available([(agent.pk, key_of(here))])
        Agent.objects.update(status=Agent.Status.AWAY)
        clock.forward(minutes=50)
        note_available([(agent.pk, key_of(here))])
        assert is_in(here)
        clock.forward(minutes=11)
        assert not is_in(here)


@pytest.mark.both_databases
def test_rows_die_with_the_sign_in(limits, amal):
    signed_in().post("/accounts/logout/")
    assert (UserSession.objects.count(), Session.objects.count()) == (0, 0)
