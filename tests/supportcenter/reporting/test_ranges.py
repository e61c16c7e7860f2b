"""A range of days, and the one before it with which it is compared."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from supportcenter.reporting.ranges import MOST_DAYS, Range, RangeForm, change, difference, quick_ranges

BERLIN = ZoneInfo("Europe/Berlin")


def at(*parts):
    return datetime(*parts, tzinfo=BERLIN)


@pytest.fixture
def at_three(time_machine, db):
    time_machine.move_to(at(2026, 11, 5, 15), tick=False)


@pytest.mark.usefixtures("at_three")
@pytest.mark.parametrize(
    ("days", "before"),
    [
        ((date(2026, 10, 25), date(2026, 10, 25)), (at(2026, 10, 24), at(2026, 10, 25))),
        ((date(2026, 11, 1), date(2026, 11, 3)), (at(2026, 10, 29), at(2026, 11, 1))),
        ((date(2026, 11, 5), date(2026, 11, 5)), (at(2026, 11, 4), at(2026, 11, 4, 15))),
        ((date(2026, 11, 1), date(2026, 11, 9)), (at(2026, 10, 23), at(2026, 10, 27, 15))),
        ((date(2026, 12, 1), date(2026, 12, 2)), (at(2026, 11, 29), at(2026, 12, 1))),
    ],
)
def test_range_before_is_as_long(days, before):
    assert Range.of(*days, BERLIN).span_before == before


@pytest.mark.usefixtures("at_three")
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_ends_of_the_calendar_have_a_range_before(zone):
    for day in (date.min, date.max):
        found = Range.of(day, day, ZoneInfo(zone))
        since, until = found.span_before
        assert since <= until <= found.span[0] < found.span[1]


@pytest.mark.parametrize(("days", "is_short"), [(1, True), (MOST_DAYS, True), (MOST_DAYS + 1, False)])
def test_range_is_not_too_long(days, is_short):
    last = date(2026, 11, 5)
    form = RangeForm({"since": date.fromordinal(last.toordinal() - days + 1), "until": last})
    assert form.is_valid() == is_short
    assert bool(form.non_field_errors()) != is_short


@pytest.mark.parametrize(
    ("now", "before", "per_cent"),
    [(112, 100, 12), (0, 4, -100), (3, 3, 0), (3, 0, None), (None, 3, None), (3, None, None)],
)
def test_change(now, before, per_cent):
    assert change(now, before) == per_cent


def test_ratings_differ_by_points():
    assert (difference(4.4, 1), difference(4.1, 4.2), difference(0.0, 0.0)) == (3.4, -0.1, 0)
    assert difference(None, 4) is difference(4, None) is None


def test_quick_ranges():
    found = {name: (since.isoformat(), until.isoformat()) for name, since, until in quick_ranges(date(2026, 3, 31))}
    assert found == {
        "Today": ("2026-03-31", "2026-03-31"),
        "Last 7 days": ("2026-03-25", "2026-03-31"),
        "Last 30 days": ("2026-03-02", "2026-03-31"),
        "This month": ("2026-03-01", "2026-03-31"),
        "Last month": ("2026-02-01", "2026-02-28"),
    }
