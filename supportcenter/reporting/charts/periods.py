"""A range of days as the points of a chart: days, or weeks or months where it is long."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from babel import Locale
from babel.core import get_global

# More points than these cannot be told apart on a phone.
MOST_POINTS = 62
DAY = timedelta(days=1)
WEEK = 7


class Step(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Periods:
    """The first day of each; the first and the last may be parts of a week, a month or a year."""

    step: Step
    starts: tuple[date, ...]

    def sums(self, by_day: Mapping[date, int], *, later: timedelta = timedelta()) -> list[int]:
        """What the days of each period have together; with `later`, of days that are as much earlier."""
        found = [0] * len(self.starts)
        for day, number in by_day.items():
            found[self.place(day + later)] += number
        return found

    def place(self, day: date) -> int:
        return max(bisect_right(self.starts, day) - 1, 0)


def periods_of(first: date, last: date, *, first_weekday: int = 0) -> Periods:
    """From `first` to `last`; weeks begin on `first_weekday`, 0 for Monday."""
    steps = {Step.DAY: _days, Step.WEEK: _weeks, Step.MONTH: _months, Step.YEAR: _years}
    for step, begin in steps.items():
        starts = _at_most(MOST_POINTS, begin(first, last, first_weekday))
        if starts is not None:
            return Periods(step, starts)
    raise ValueError(f"No chart goes from {first} to {last}.")


@lru_cache
def first_weekday_in(language: str) -> int:
    """On which day the week begins where most of those live who speak the language; 0 is Monday."""
    return Locale.parse(get_global("likely_subtags").get(language, language)).first_week_day


def _at_most(most: int, days: Iterable[date]) -> tuple[date, ...] | None:
    found = []
    for day in days:
        found.append(day)
        if len(found) > most:
            return None
    return tuple(found)


def _days(first: date, last: date, _weekday: int) -> Iterator[date]:
    return (first + DAY * number for number in range((last - first).days + 1))


def _weeks(first: date, last: date, weekday: int) -> Iterator[date]:
    yield first
    ahead = (weekday - first.weekday()) % WEEK or WEEK
    yield from (first + DAY * number for number in range(ahead, (last - first).days + 1, WEEK))


def _months(first: date, last: date, _weekday: int) -> Iterator[date]:
    yield first
    month = first.year * 12 + first.month
    yield from (date(number // 12, number % 12 + 1, 1) for number in range(month, last.year * 12 + last.month))


def _years(first: date, last: date, _weekday: int) -> Iterator[date]:
    yield first
    yield from (date(year, 1, 1) for year in range(first.year + 1, last.year + 1))
