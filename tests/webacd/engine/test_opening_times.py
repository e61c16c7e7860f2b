from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from webacd.engine.opening_times import Timetable

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


@pytest.mark.parametrize("closes", [time(23, 59), time(23, 59, 59), time(0)])
def test_the_whole_day_has_no_gap_at_midnight(closes):
    table = Timetable(AMMAN, tuple((day, time(0), closes) for day in range(7)))
    assert table.is_open(datetime(2026, 3, 1, 23, 59, 30, tzinfo=AMMAN))
    assert table.is_open(datetime(2026, 3, 1, 23, 59, 59, 999999, tzinfo=AMMAN))
    assert table.is_open(at(2, 0))


def test_the_last_minute_of_one_day_alone():
    table = Timetable(UTC, ((0, time(9), time(23, 59)),))
    assert table.is_open(datetime(2026, 3, 2, 23, 59, 30, tzinfo=UTC))
    assert not table.is_open(datetime(2026, 3, 3, 0, 0, tzinfo=UTC))


def test_hours_that_the_spring_change_cuts_into_open_when_the_clock_is_put_forward():
    berlin = ZoneInfo("Europe/Berlin")
    table = Timetable(berlin, ((6, time(2, 30), time(3, 30)),))
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert not table.is_open(change - timedelta(seconds=1))
    assert table.is_open(change)
    assert table.is_open(change + timedelta(minutes=29))
    assert not table.is_open(change + timedelta(minutes=30))
    assert table.opens_at(change - timedelta(hours=3)) == change
    assert table.opens_at(change - timedelta(hours=3)).tzinfo is berlin


def test_hours_that_end_in_what_the_spring_change_leaves_out():
    table = Timetable(ZoneInfo("Europe/Berlin"), ((6, time(1), time(2, 30)),))
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert table.is_open(change - timedelta(minutes=1))
    assert not table.is_open(change)


def test_a_clock_that_is_put_forward_at_midnight():
    cairo = ZoneInfo("Africa/Cairo")
    table = Timetable(cairo, tuple((day, time(0), time(23, 59)) for day in range(7)))
    change = datetime(2026, 4, 23, 22, tzinfo=UTC)
    assert all(table.is_open(change + timedelta(minutes=minutes)) for minutes in (-61, -1, 0, 1, 59))


def test_moments_of_the_queues_own_zone_are_told_apart_in_autumn():
    berlin = ZoneInfo("Europe/Berlin")
    table = Timetable(berlin, ((6, time(1), time(2, 30)),))
    assert table.is_open(datetime(2026, 10, 25, 2, 15, tzinfo=berlin))
    assert not table.is_open(datetime(2026, 10, 25, 2, 15, tzinfo=berlin, fold=1))
