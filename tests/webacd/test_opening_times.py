from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from webacd.opening_times import Timetable

AMMAN = ZoneInfo("Asia/Amman")
WEEK = tuple((day, time(9), time(17)) for day in (6, 0, 1, 2, 3))  # Sunday to Thursday


def at(day, hour, minute=0, zone=AMMAN):
    return datetime(2026, 3, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(1, 9), True),  # a Sunday
        (at(1, 8, 59), False),
        (at(1, 16, 59), True),
        (at(1, 17), False),
        (at(6, 12), False),  # a Friday
        (datetime(2026, 3, 1, 6, 30, tzinfo=UTC), True),  # half past nine in Amman
    ],
)
def test_open_by_the_clock_of_the_queue(moment, is_open):
    assert Timetable(AMMAN, WEEK).is_open(moment) is is_open


def test_no_hours_means_always_open():
    assert Timetable(UTC).is_open(at(6, 3))


def test_closed_on_a_holiday():
    table = Timetable(AMMAN, WEEK, frozenset({date(2026, 3, 1)}))
    assert not table.is_open(at(1, 12))
    assert table.opens_at(at(1, 12)) == at(2, 9)


def test_says_when_it_opens_over_the_weekend():
    assert Timetable(AMMAN, WEEK).opens_at(at(5, 18)) == at(8, 9)


def test_hours_may_last_past_midnight():
    table = Timetable(UTC, ((4, time(22), time(6)),))
    assert table.is_open(at(7, 5, zone=UTC))
    assert not table.is_open(at(7, 6, zone=UTC))


def test_two_spans_a_day():
    table = Timetable(UTC, ((0, time(8), time(12)), (0, time(14), time(18))))
    assert not table.is_open(at(2, 13, zone=UTC))
    assert table.opens_at(at(2, 13, zone=UTC)) == at(2, 14, zone=UTC)


def test_summer_time_moves_with_the_zone():
    berlin = ZoneInfo("Europe/Berlin")
    table = Timetable(berlin, tuple((day, time(9), time(17)) for day in range(7)))
    assert table.is_open(datetime(2026, 3, 28, 8, 0, tzinfo=UTC))
    assert table.is_open(datetime(2026, 3, 29, 7, 0, tzinfo=UTC))
    assert not table.is_open(datetime(2026, 3, 28, 7, 59, tzinfo=UTC))


def test_closed_for_ever_opens_never():
    assert (
        Timetable(UTC, (), frozenset(date.fromordinal(day) for day in range(730000, 745000))).opens_at(at(2, 2)) is None
    )
