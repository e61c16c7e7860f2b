"""The live dashboard: what its numbers mean, whose they are, what they cost, and when nothing has changed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.models import SupportSession
from tests.factories import make_session
from tests.plans import scans, statements
from tests.webacd.factories import enter, make_agent, make_queue, offered, served
from webacd.actions.agents.agents import set_status
from webacd.actions.entering.waiting import abandon
from webacd.models import Agent, Queue
from webacd.queries.live import Live

pytestmark = pytest.mark.django_db
REGIONS = "/reports/live/regions/?names=tiles,queues"


@pytest.fixture
def at_noon(clock, time_machine, settings):
    """Wednesday, 1 April 2026, 12:00 in Berlin: three days after summer time began."""
    settings.TIME_ZONE = "Europe/Berlin"
    time_machine.move_to(datetime(2026, 4, 1, 12, tzinfo=ZoneInfo("Europe/Berlin")), tick=False)
    return clock


def started(by, *at):
    """A session that began then, by the clock of the site, and is over."""
    session = make_session(by)
    end_session(session, by=session.primary)
    SupportSession.objects.filter(pk=session.pk).update(started_at=timezone.make_aware(datetime(*at)))


def state_of(user):
    return {each.row.queue.slug: each.state for each in Live(user).queues}


def test_page_is_for_managers(client, dana, amal, eve, queue):
    for user, status in ((dana, 200), (amal, 403), (eve, 403)):
        client.force_login(user)
        for path in (reverse("live"), REGIONS, reverse("live_region", args=["tiles"])):
            assert client.get(path).status_code == status


@pytest.mark.both_databases
def test_manager_of_one_queue_sees_that_queue_alone(client, dana, bilal, queue, amal_agent):
    billing = make_queue("billing")
    billing.managers.add(bilal)
    served(queue, amal_agent, "Ann")
    enter(billing, "Ben")
    enter(queue, "Carol")
    mine, everything = Live(bilal), Live(dana)
    assert [each.row.queue for each in mine.queues] == [billing]
    assert (mine.waiting, mine.sessions.running, mine.sessions.today) == (1, 0, 0)
    assert (mine.agents.available, mine.agents.busy) == (0, 0)
    assert (everything.waiting, everything.sessions.running, everything.sessions.today) == (2, 1, 1)
    client.force_login(bilal)
    page = client.get(reverse("live")).content.decode()
    assert "Billing" in page
    assert "Technical support" not in page
    assert reverse("csr_report") not in page


@pytest.mark.both_databases
def test_manager_of_a_queue_counts_the_sessions_that_came_from_it(bilal, queue, amal_agent, faris):
    queue.managers.add(bilal)
    served(queue, amal_agent, "Ann")
    make_session(faris)
    mine = Live(bilal)
    assert (mine.sessions.running, mine.sessions.today) == (1, 1)


def test_numbers_of_today(dana, queue, amal_agent, at_noon):
    queue.service_seconds = 20
    queue.save()
    served(queue, amal_agent, "Ann")
    gone = enter(queue, "Ben")
    at_noon.forward(seconds=30)
    abandon(gone)
    first = enter(queue, "Carol")
    at_noon.forward(seconds=5)
    enter(queue, "Dan")
    now = Live(dana)
    assert (now.today.abandoned, now.today.answered, now.today.service_level_of_answered) == (1, 1, 100.0)
    assert (now.waiting, now.longest, now.target) == (2, first.arrived_at, 20)


def test_targets_that_differ_are_not_shown_as_one(dana, queue):
    make_queue("billing", service_seconds=300)
    assert Live(dana).target is None


@pytest.mark.both_databases
def test_agents_are_summed_up(dana, queue, amal_agent, bilal, faris, eve):
    busy = make_agent(bilal, most_sessions=3)
    away = make_agent(faris)
    for agent in (busy, away):
        queue.memberships.create(agent=agent)
    served(queue, amal_agent, "Ann")
    set_status(away, Agent.Status.AWAY, by=faris)
    now = Live(dana).agents
    assert (now.available, now.busy, now.away) == (1, 1, 1)


def test_sessions_are_compared_with_the_same_time_a_week_ago(dana, amal, at_noon):
    for moment in (
        (2026, 4, 1, 0, 0), (2026, 4, 1, 11, 59),
        # The week before, in winter time: until 12:00 by the clock on the wall.
        (2026, 3, 25, 0, 0), (2026, 3, 25, 11, 59), (2026, 3, 25, 12, 0),
        # Not counted.
        (2026, 3, 31, 23, 59), (2026, 3, 25, 12, 1), (2026, 3, 24, 23, 59), (2026, 3, 26, 0, 0),
    ):  # fmt: skip
        started(amal, *moment)
    compared = Live(dana).sessions
    assert (compared.today, compared.week_ago) == (2, 3)


def test_state_goes_by_the_queues_own_target(dana, queue, amal_agent, at_noon):
    queue.service_seconds = 60
    queue.save()
    assert state_of(dana) == {queue.slug: "quiet"}
    set_status(amal_agent, Agent.Status.AWAY, by=amal_agent.user)
    assert state_of(dana) == {queue.slug: "unstaffed"}
    enter(queue)
    assert state_of(dana) == {queue.slug: "stranded"}
    set_status(amal_agent, Agent.Status.AVAILABLE, by=amal_agent.user)
    assert state_of(dana) == {queue.slug: "waiting"}
    Queue.objects.update(offer_seconds=600)
    at_noon.forward(seconds=31)
    assert state_of(dana) == {queue.slug: "near"}
    at_noon.forward(seconds=30)
    assert state_of(dana) == {queue.slug: "late"}
    assert Live(dana).late == 1


def test_closed_queue_says_so(dana, queue):
    Queue.objects.update(is_active=False)
    assert state_of(dana) == {queue.slug: "closed"}


@pytest.mark.parametrize(("language", "words"), [("en", "Over target"), ("ar", "تجاوز الهدف")])
def test_state_is_in_words(client, dana, queue, amal_agent, at_noon, language, words):
    enter(queue)
    at_noon.forward(minutes=10)
    client.force_login(dana)
    page = client.get(reverse("live"), headers={"Accept-Language": language}).content.decode()
    assert words in page
    assert 'data-tone="bad"' in page


def test_nothing_has_changed_is_the_whole_answer(client, dana, queue, amal_agent, at_noon):
    client.force_login(dana)
    first = client.get(REGIONS)
    assert set(first.json()) == {"tiles", "queues"}
    again = client.get(REGIONS, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    enter(queue)
    assert client.get(REGIONS, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_unknown_region_is_none(client, dana):
    client.force_login(dana)
    assert client.get("/reports/live/regions/?names=tiles,agents").status_code == 404


@pytest.mark.both_databases
@pytest.mark.parametrize("sees_all", [True, False])
def test_it_costs_the_same_for_many_queues_and_sessions(client, dana, bilal, queue, amal_agent, policy, sees_all):
    queue.managers.add(bilal)
    user = dana if sees_all else bilal

    def cost():
        with CaptureQueriesContext(connection) as captured:
            now = Live(user)
            assert [now.sessions, now.waiting, now.agents, now.today, list(now.queues)]
        return len(captured)

    few = cost()
    for number in range(4):
        another = make_queue(f"queue-{number}", agents=[amal_agent])
        another.managers.add(bilal)
        enter(another, f"Ann {number}")
    served(queue, amal_agent, "Ben")
    assert cost() == few <= 12


def test_regions_are_one_reading(client, dana, queue, amal_agent, policy, django_assert_max_num_queries):
    client.force_login(dana)
    with django_assert_max_num_queries(14):
        client.get(REGIONS)


@pytest.mark.both_databases
@pytest.mark.parametrize("who", ["dana", "bilal"])
def test_nothing_that_grows_is_gone_through(request, dana, bilal, queue, amal_agent, amal, who):
    queue.managers.add(bilal)
    ago = timezone.now() - timedelta(days=20)
    SupportSession.objects.bulk_create(
        SupportSession(
            key=f"past-{number}", number=f"{number:09}", mode="single", starter=amal, end_reason="ended",
            started_at=ago - timedelta(minutes=number), ended_at=ago,
        )
        for number in range(3000)
    )  # fmt: skip
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    offered_to = enter(queue)
    assert offered(amal_agent).request == offered_to
    now = Live(request.getfixturevalue(who))
    with statements() as found:
        assert now.sessions
    assert found
    assert scans(found, {SupportSession._meta.db_table}) == []
