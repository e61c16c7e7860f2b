"""A range as the points of a chart: none is missing, none is double, and there are never too many."""

from datetime import date, timedelta

import pytest

from supportcenter.reporting.charts.periods import MOST_POINTS, Step, first_weekday_in, periods_of

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "step"),
    [
        *((1, Step.DAY), (62, Step.DAY), (63, Step.WEEK), (400, Step.WEEK)),
        *((500, Step.MONTH), (1800, Step.MONTH), (9000, Step.YEAR)),
    ],
)
@pytest.mark.parametrize("first_weekday", range(7))
def test_every_day_is_in_one_period(days, step, first_weekday):
    first = date(2026, 11, 12)
    all_days = [first + DAY * number for number in range(days)]
    periods = periods_of(first, all_days[-1], first_weekday=first_weekday)
    assert periods.step == step
    assert len(periods.starts) <= MOST_POINTS
    assert periods.starts == tuple(sorted(set(periods.starts)))
    assert sum(periods.sums(dict.fromkeys(all_days, 1))) == days
    assert all(periods.starts[periods.place(day)] <= day for day in all_days)


def test_weeks_begin_on_the_day_on_which_weeks_begin():
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    for weekday in range(7):
        begun, *others = periods_of(first, last, first_weekday=weekday).starts
        assert begun == first
        assert {day.weekday() for day in others} == {weekday}


def test_months_and_years_begin_with_their_first_day():
    assert periods_of(date(2025, 11, 20), date(2027, 1, 31)).starts[:4] == (
        date(2025, 11, 20),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    )
    assert periods_of(date(2001, 5, 5), date(2026, 1, 1)).starts[:2] == (date(2001, 5, 5), date(2002, 1, 1))


def test_the_range_before_falls_into_the_same_periods():
    first, last = date(2026, 11, 1), date(2026, 11, 3)
    periods = periods_of(first, last)
    before = {date(2026, 10, 29): 4, date(2026, 10, 31): 6}
    assert periods.sums(before, later=DAY * 3) == [4, 0, 6]


def test_week_begins_as_where_the_language_is_spoken():
    assert (first_weekday_in("ar"), first_weekday_in("en")) == (5, 6)


def test_longer_than_any_life_is_refused():
    with pytest.raises(ValueError, match="No chart"):
        periods_of(date(1900, 1, 1), date(2000, 1, 1))
