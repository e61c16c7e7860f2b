"""Queues from day to day: counted by the database as from one request after the other."""

from collections import Counter
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from supportcenter.reporting.ranges import Range
from tests.factories import make_person
from tests.plans import statements
from tests.webacd.factories import make_agent, make_queue
from tests.webacd.queries.test_statistics import OVER, add_requests, row_of
from webacd.models import SupportRequest
from webacd.queries.trends import trends

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("clock")]
COLUMNS = ["offered", "answered", "abandoned", "lost_otherwise", "average_wait", "longest_wait", "abandonment"]


@pytest.fixture
def queues(db):
    return [make_queue(f"queue-{number}", service_seconds=20) for number in range(3)]


def requests_in(span, queues):
    over = SupportRequest.objects.filter(outcome_at__gte=span[0], outcome_at__lt=span[1], outcome__in=OVER)
    return list(over.filter(queue__in=queues))


def figures(one):
    return [getattr(one, column) for column in [*COLUMNS, "service_level_of_answered", "service_level_of_all"]]


def figures_one_by_one(requests):
    return row_of("", 20, requests)[2:]


def by_day(requests, zone):
    found = {}
    for one in requests:
        found.setdefault(one.outcome_at.astimezone(zone).date(), []).append(one)
    return {day: figures_one_by_one(each) for day, each in found.items()}


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe"])
def test_figures_are_those_of_the_requests_one_by_one(queues, zone):
    add_requests(Random(4), queues, [make_agent(make_person("zoe"))], 250)
    zone, today, offered = ZoneInfo(zone), timezone.now().date(), 0
    for some, length in ((queues, 3), (queues[:1], 5), (queues, 0)):
        days = Range.of(today - timedelta(days=length), today, zone)
        with timezone.override(zone):
            found = trends(some, days.first, days.last)
        now, before = requests_in(days.span, some), requests_in(days.span_before, some)
        assert figures(found.now) == figures_one_by_one(now)
        assert figures(found.before) == figures_one_by_one(before)
        assert {day: figures(one) for day, one in found.by_day.items()} == by_day(now, zone)
        assert {day: figures(one) for day, one in found.by_day_before.items()} == by_day(before, zone)
        arrivals = [one.arrived_at.astimezone(zone) for one in now]
        assert found.by_hour == Counter((at.weekday(), at.hour) for at in arrivals)
        # Soon after midnight nothing may have come today.
        offered += found.now.offered
    assert offered


def test_two_statements(queues):
    add_requests(Random(4), queues, [make_agent(make_person("zoe"))], 20)
    today = timezone.now().date()
    with statements() as found:
        trends(queues, today - timedelta(days=3), today)
    assert len(found) == 2, found
