"""When a report is due, by the clock of the site: also where that skips an hour, repeats one, or skips a day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from supportcenter.report_mail.schedule import Days, Schedule

BERLIN = ZoneInfo("Europe/Berlin")


def schedule(rhythm, *, hour=7, weekday=0, zone=BERLIN):
    return Schedule(rhythm, weekday, hour, zone)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def all_due(plan, after, until):
    found = []
    while (after := plan.next_after(after)) <= until:
        found.append(after.astimezone(UTC))
    return found


@pytest.mark.parametrize(
    ("hour", "times"),
    [
        # 02:00 does not exist on the 29th: it is 03:00 of summer time.
        (2, [utc(2026, 3, 28, 1), utc(2026, 3, 29, 1), utc(2026, 3, 30, 0)]),
        (7, [utc(2026, 3, 28, 6), utc(2026, 3, 29, 5), utc(2026, 3, 30, 5)]),
    ],
)
def test_each_day_has_one_as_summer_time_begins(hour, times):
    assert all_due(schedule("daily", hour=hour), utc(2026, 3, 27, 12), utc(2026, 3, 30, 12)) == times


@pytest.mark.parametrize(
    ("hour", "times"),
    [
        # 02:00 comes twice on the 25th: the first is meant.
        (2, [utc(2026, 10, 24, 0), utc(2026, 10, 25, 0), utc(2026, 10, 26, 1)]),
        (7, [utc(2026, 10, 24, 5), utc(2026, 10, 25, 6), utc(2026, 10, 26, 6)]),
    ],
)
def test_each_day_has_one_as_summer_time_ends(hour, times):
    assert all_due(schedule("daily", hour=hour), utc(2026, 10, 23, 12), utc(2026, 10, 26, 12)) == times


def test_a_day_that_a_zone_leaves_out_has_none_of_its_own():
    """Samoa had no 30 December 2011."""
    plan = schedule("daily", zone=ZoneInfo("Pacific/Apia"))
    times = all_due(plan, utc(2011, 12, 28, 18), utc(2012, 1, 1, 0))
    assert times == sorted(set(times))
    assert utc(2011, 12, 29, 17) in times
    assert utc(2011, 12, 30, 17) in times


@pytest.mark.parametrize(("weekday", "day"), [(0, 30), (3, 26), (6, 29)])
def test_weekly_ones_have_their_weekday(weekday, day):
    plan = schedule("weekly", weekday=weekday)
    first = plan.next_after(datetime(2026, 3, 25, 12, tzinfo=BERLIN))
    assert first == datetime(2026, 3, day, 7, tzinfo=BERLIN)
    assert plan.next_after(first).date() == first.date() + timedelta(days=7)


def test_monthly_ones_are_due_on_the_first():
    plan = schedule("monthly")
    assert plan.next_after(datetime(2026, 1, 1, 7, tzinfo=BERLIN)) == datetime(2026, 2, 1, 7, tzinfo=BERLIN)
    assert plan.next_after(datetime(2026, 12, 31, 23, tzinfo=BERLIN)) == datetime(2027, 1, 1, 7, tzinfo=BERLIN)


@pytest.mark.parametrize("rhythm", ["daily", "weekly", "monthly"])
@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Asia/Riyadh", "America/St_Johns", "Pacific/Kiritimati"])
def test_latest_and_next_lie_around_every_moment(rhythm, zone):
    plan = schedule(rhythm, hour=2, zone=ZoneInfo(zone))
    for hours in range(0, 24 * 400, 7):
        moment = utc(2026, 1, 1) + timedelta(hours=hours)
        latest, following = plan.latest_until(moment), plan.next_after(moment)
        assert latest <= moment < following
        assert plan.next_after(latest) == following


@pytest.mark.parametrize(
    ("rhythm", "due", "days", "before"),
    [
        ("daily", (2026, 3, 2), ((2026, 3, 1), (2026, 3, 1)), ((2026, 2, 28), (2026, 2, 28))),
        ("weekly", (2026, 3, 2), ((2026, 2, 23), (2026, 3, 1)), ((2026, 2, 16), (2026, 2, 22))),
        ("monthly", (2026, 3, 1), ((2026, 2, 1), (2026, 2, 28)), ((2026, 1, 1), (2026, 1, 31))),
    ],
)
def test_days_that_a_report_is_about(rhythm, due, days, before):
    plan = schedule(rhythm)
    found = plan.days_of(datetime(*due, 7, tzinfo=BERLIN))
    assert found == Days(*(date(*each) for each in days))
    assert plan.days_before(found) == Days(*(date(*each) for each in before))


def test_the_day_is_the_one_of_the_site_and_not_of_utc():
    plan = schedule("daily", hour=1, zone=ZoneInfo("Asia/Riyadh"))
    due = utc(2026, 3, 1, 22)
    assert plan.latest_until(due) == due
    assert plan.days_of(due).first == date(2026, 3, 1)
