"""The overview: who sees what of it, for which days, and that a page costs the same however much there is."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sessions_app.models import SupportSession
from supportcenter.reporting.ranges import MOST_DAYS
from tests.factories import make_assistant, make_customer, make_person, make_session
from tests.sessions_app.histories import History

pytestmark = pytest.mark.django_db
PAGE = "/reports/overview/"


@pytest.fixture
def as_(client):
    def as_(user):
        client.force_login(user)
        return client

    return as_


def start_ago(days):
    """A session of somebody that began so many days ago."""
    session = make_session(make_person(f"somebody-{SupportSession.objects.count()}"))
    SupportSession.objects.filter(pk=session.pk).update(started_at=timezone.now() - timedelta(days=days))


def test_csrs_see_figures_of_their_own_sessions_and_managers_of_all(as_, policy, amal, bilal, faris, dana, eve):
    session = make_session(amal)
    make_customer(session)
    make_assistant(session, bilal)
    make_session(faris)

    def seen(user):
        totals = as_(user).get(PAGE).context["overview"].now
        return totals.sessions, totals.customers

    assert [seen(user) for user in (amal, bilal, faris, dana)] == [(1, 1), (1, 1), (1, 0), (2, 1)]
    assert as_(eve).get(PAGE).status_code == 403


def test_thirty_days_are_shown_unless_others_are_chosen(as_, policy, dana):
    today = timezone.localdate()
    for days in (29, 30):
        start_ago(days)
    found = as_(dana).get(PAGE).context["overview"]
    assert (found.days.first, found.days.last) == (today - timedelta(days=29), today)
    assert (found.now.sessions, found.before.sessions) == (1, 1)
    assert as_(dana).get(PAGE, {"since": today.isoformat()}).context["overview"].now.sessions == 0


def test_figures_are_compared_with_those_before(as_, policy, dana):
    start_ago(0)
    page = as_(dana).get(PAGE).content.decode()
    assert page.count("no comparison") == 5
    start_ago(31)
    start_ago(0)
    page = as_(dana).get(PAGE).content.decode()
    assert "+100 %" in page
    assert re.search(r'before: <bdi dir="ltr">1</bdi>', page)


def test_quick_choice_that_is_chosen_says_so(as_, policy, dana):
    page = as_(dana).get(PAGE).content.decode()
    assert re.search(r'aria-current="true">([\w ]+)</a>', page)[1] == "Last 30 days"
    today = timezone.localdate().isoformat()
    page = as_(dana).get(PAGE, {"since": today, "until": today}).content.decode()
    assert re.search(r'aria-current="true">([\w ]+)</a>', page)[1] == "Today"


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": "2026-02-30"},
        {"since": "2026-03-02", "until": "2026-03-01"},
        {"since": (timezone.now() - timedelta(days=MOST_DAYS + 2)).date().isoformat()},
    ],
)
def test_wrong_days_are_refused_with_a_sentence(as_, policy, amal, wrong):
    answer = as_(amal).get(PAGE, wrong)
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()


def test_days_at_the_ends_of_the_calendar_are_days_too(as_, policy, dana):
    for day in ("0001-01-01", "9999-12-31"):
        assert as_(dana).get(PAGE, {"since": day, "until": day}).status_code == 200


def test_as_many_queries_however_many_sessions(as_, client, policy, dana):
    as_(dana)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    queries()
    few = queries()
    History(3).add(40)
    assert queries() == few <= 8


def test_nothing_is_compared_with_records_that_are_deleted_already(as_, policy, dana):
    start_ago(0)
    start_ago(31)
    found = as_(dana).get(PAGE).context["overview"]
    assert (found.before.sessions, found.is_comparable) == (1, True)
    policy.retention_days = 50
    policy.save()
    answer = as_(dana).get(PAGE)
    assert (answer.context["overview"].before.sessions, answer.context["overview"].now.sessions) == (0, 1)
    assert answer.content.decode().count("no comparison") == 6
    assert "Period before" not in answer.content.decode()
    policy.retention_days = 0
    policy.save()
    assert as_(dana).get(PAGE).context["overview"].before.sessions == 1
