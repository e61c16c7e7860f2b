"""The overview counts what one would count from session to session, on days on which clocks change too."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from sessions_app.models import Participant, SupportSession
from sessions_app.queries.overview import LENGTHS, overview
from supportcenter import clock
from supportcenter.reporting.ranges import Range
from tests.factories import make_team
from tests.plans import statements
from tests.sessions_app.histories import History

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("clock")]
# PostgreSQL has a clock of its own, which does not stand still: sessions that go on grow between two readings.
RUNNING = 0.2 if connection.vendor == "sqlite" else 0
# Half hours, quarters, a change of the clock by half an hour, at midnight, and a day that was left out.
ZONES = [
    *("UTC", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu"),
    *("Australia/Lord_Howe", "Africa/Cairo", "America/Havana"),
]


class OneByOne:
    """The same from every session itself."""

    def __init__(self, user, span):
        self.sessions = [one for one in SupportSession.objects.all() if span[0] <= one.started_at < span[1]]
        if not user.is_manager:
            csrs = {user.pk, *user.people_led}
            self.sessions = [one for one in self.sessions if one.participants.filter(user__in=csrs).exists()]
        people = Participant.objects.customers().filter(session__in=self.sessions)
        self.customers = sum(one.is_admitted for one in people)
        self.ratings = [one.survey_answer.rating for one in people if hasattr(one, "survey_answer")]

    @property
    def totals(self):
        lengths = sum(one.length for one in self.sessions)
        return [len(self.sessions), lengths, self.customers, len(self.ratings), sum(self.ratings)]

    def by_day(self, zone):
        return Counter(one.started_at.astimezone(zone).date() for one in self.sessions)

    def by_hour(self, zone):
        starts = (one.started_at.astimezone(zone) for one in self.sessions)
        return Counter((start.weekday(), start.hour) for start in starts)

    @property
    def lengths(self):
        bounds = [0, *LENGTHS, 10**9]
        groups = zip(bounds, bounds[1:], strict=False)
        return [sum(least <= one.length < most for one in self.sessions) for least, most in groups]


def assert_as_one_by_one(user, since, until, zone):
    with timezone.override(zone):
        found = overview(user, since, until)
    days = Range.of(since, until, zone)
    now, before = OneByOne(user, days.span), OneByOne(user, days.span_before)
    for totals, each in ((found.now, now), (found.before, before)):
        assert [totals.sessions, totals.length, totals.customers, totals.ratings, totals.rated] == each.totals
    assert found.by_day == now.by_day(zone)
    assert found.by_day_before == before.by_day(zone)
    assert found.by_hour == now.by_hour(zone)
    assert found.lengths == now.lengths
    return found


@pytest.mark.parametrize("zone", ZONES)
def test_figures_are_those_of_the_sessions_one_by_one(dana, zone):
    history = History(ZONES.index(zone), running=RUNNING)
    history.add(80)
    today, zone = clock.now().date(), ZoneInfo(zone)
    make_team("Billing", history.csrs[3], lead=history.csrs[2])
    for length in (0, 2, 4):
        found = assert_as_one_by_one(dana, today - timedelta(days=length), today, zone)
        for user in (history.csrs[0], history.csrs[2]):
            assert_as_one_by_one(user, today - timedelta(days=length), today, zone)
    assert found.now.sessions
    assert found.before.sessions


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("month", [3, 4, 10, 11])
def test_days_on_which_clocks_change(policy, dana, amal, zone, month):
    policy.retention_days = 0
    policy.save()
    random, first = Random(month), datetime(2026, month, 1, tzinfo=UTC)
    # Half of them at the first or last moments of a quarter of an hour, where one is soonest wrong.
    starts = [first + timedelta(seconds=random.randrange(30 * 86_400)) for _ in range(400)]
    edges = [first + timedelta(minutes=15 * random.randrange(2880)) for _ in range(400)]
    starts += edges + [edge - timedelta(microseconds=1) for edge in edges]
    SupportSession.objects.bulk_create(
        SupportSession(
            number=f"{number:09}", mode="multi", starter=amal, started_at=start, ended_at=start, end_reason="ended"
        )
        for number, start in enumerate(starts)
    )
    found = assert_as_one_by_one(dana, date(2026, month, 12), date(2026, month, 28), ZoneInfo(zone))
    assert sum(found.by_day.values()) == sum(found.by_hour.values()) == found.now.sessions > 400


def test_four_statements_for_managers_and_for_others(policy, dana, amal):
    History(1).add(20)
    today = clock.now().date()
    for user in (dana, amal):
        assert (user.is_manager, user.is_lead) in [(True, False), (False, False)]
        with statements() as found:
            overview(user, today - timedelta(days=5), today)
        # The database's clock is read now and then.
        assert len([sql for sql, _values in found if "FROM" in sql]) == 4


def test_nothing_is_nothing(dana):
    found = overview(dana, date(2020, 1, 1), date(2020, 1, 2))
    assert (found.now.average_length, found.now.average_rating, found.now.response) == (None, None, None)
    assert found.lengths == [0] * (len(LENGTHS) + 1)
