"""A range of days with the range before it: as many days directly before, for comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from supportcenter import clock
from supportcenter.reporting.days import FIRST, LAST, DaysForm, Span, day_span

DAY = timedelta(days=1)
# Five years: what is counted by day and hour has to end somewhere.
MOST_DAYS = 1830
SHOWN = 30


class RangeForm(DaysForm):
    """A range that is not too long to be counted by day and hour."""

    def clean(self) -> dict[str, object]:
        dates = super().clean()
        if dates.get("since") and dates.get("until") and is_too_long(dates["since"], dates["until"]):
            raise forms.ValidationError(_("Choose no more than %(count)s days."), params={"count": MOST_DAYS})
        return dates


@dataclass(frozen=True)
class Range:
    first: date
    last: date
    zone: tzinfo

    @classmethod
    def of(cls, since: date, until: date, zone: tzinfo) -> Range:
        first, last = (min(max(day, FIRST), LAST) for day in (since, until))
        return cls(first, last, zone)

    @property
    def length(self) -> timedelta:
        return self.last - self.first + DAY

    @property
    def span(self) -> Span:
        return day_span(self.first, self.last, self.zone)

    @property
    def span_before(self) -> Span:
        """If the range is not over yet, the one before ends at the same time of day: both are as long."""
        # Before the first day of all there is nothing, not that day itself.
        ends = day_span(self.first - self.length, self.first - DAY, self.zone)
        since, until = (min(end, self.span[0]) for end in ends)
        now = clock.now().astimezone(self.zone)
        if self.first <= now.date() <= self.last:
            until = min((now.replace(tzinfo=None) - self.length).replace(tzinfo=self.zone), until)
        return since, max(since, until)


def is_too_long(since: date, until: date) -> bool:
    return (until - since).days >= MOST_DAYS


def quick_ranges(today: date) -> Iterator[tuple[str, date, date]]:
    """What people ask for most, with its first and its last day."""
    month = today.replace(day=1)
    yield gettext("Today"), today, today
    yield gettext("Last 7 days"), today - 6 * DAY, today
    yield gettext("Last 30 days"), today - (SHOWN - 1) * DAY, today
    yield gettext("This month"), month, today
    yield gettext("Last month"), (month - DAY).replace(day=1), month - DAY


def change(now: float | None, before: float | None) -> int | None:
    """Whole per cent by which it is more now, or less; None if there was nothing to compare with."""
    return round(100 * (now - before) / before) if before and now is not None else None


def difference(now: float | None, before: float | None) -> float | None:
    """By how many points a rating or a rate is higher now, or lower; None if there was none."""
    return round(now - before, 1) if before is not None and now is not None else None
