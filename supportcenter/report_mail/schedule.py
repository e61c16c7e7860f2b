"""When a report is due and which days it is about: pure, by the clock on the site's wall.

An hour that the clock skips, as summer time begins, is taken as soon as it has passed; one that comes twice, the first
time. So each day has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import count

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

DAY = timedelta(days=1)


class Rhythm(TextChoices):
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("on the first of every month")


@dataclass(frozen=True)
class Days:
    """From one day to another, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Schedule:
    rhythm: str
    # Monday is 0; for a weekly report.
    weekday: int
    hour: int
    zone: tzinfo

    def next_after(self, moment: datetime) -> datetime:
        """The first time after `moment` at which it is due."""
        today = moment.astimezone(self.zone).date()
        return next(at for at in self._times(today - DAY, DAY) if at > moment)

    def latest_until(self, moment: datetime) -> datetime:
        """The last time, `moment` included, at which it was due."""
        today = moment.astimezone(self.zone).date()
        return next(at for at in self._times(today + DAY, -DAY) if at <= moment)

    def days_of(self, due: datetime) -> Days:
        """What a report due at that time is about: the day, the seven days or the month before."""
        today = due.astimezone(self.zone).date()
        return self._ending(today - DAY)

    def days_before(self, days: Days) -> Days:
        """Those with which they are compared: as many before, or the month before."""
        return self._ending(days.first - DAY)

    def _ending(self, last: date) -> Days:
        if self.rhythm == Rhythm.MONTHLY:
            return Days(last.replace(day=1), last)
        return Days(last - DAY * (6 if self.rhythm == Rhythm.WEEKLY else 0), last)

    def _times(self, first: date, step: timedelta) -> Iterator[datetime]:
        """When it is due on the days from `first` on, forwards or backwards."""
        for number in count():
            day = first + step * number
            if self._is_due_on(day):
                # In UTC: times of one zone are compared by what its clock shows.
                yield datetime.combine(day, time(self.hour), tzinfo=self.zone).astimezone(UTC)

    def _is_due_on(self, day: date) -> bool:
        if self.rhythm == Rhythm.WEEKLY:
            return day.weekday() == self.weekday
        return self.rhythm == Rhythm.DAILY or day.day == 1
