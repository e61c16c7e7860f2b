"""When a queue is open: weekly hours and holidays in the queue's own time zone. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

DAYS_AHEAD = 62


@dataclass(frozen=True)
class Timetable:
    """Rows of (weekday 0 = Monday, opens, closes). None: always open. `closes` not after `opens`: past midnight."""

    zone: tzinfo
    hours: tuple[tuple[int, time, time], ...] = ()
    holidays: frozenset[date] = frozenset()

    def is_open(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        if not self.hours:
            return local.date() not in self.holidays
        # Yesterday's row may last into today.
        days = (local.date() - timedelta(days=1), local.date())
        return any(opens <= at < closes for day in days for opens, closes in self._spans(day))

    def opens_at(self, at: datetime) -> datetime | None:
        """The next opening after `at`, in the zone of the queue; `at` itself if it is open."""
        if self.is_open(at):
            return at.astimezone(self.zone)
        today = at.astimezone(self.zone).date()
        for ahead in range(DAYS_AHEAD):
            later = [opens for opens, _closes in self._spans(today + timedelta(days=ahead)) if opens > at]
            if later:
                return min(later)
        return None

    def _spans(self, day: date):
        if day in self.holidays:
            return
        if not self.hours:
            yield self._moment(day, time()), self._moment(day + timedelta(days=1), time())
        for weekday, opens, closes in self.hours:
            if weekday == day.weekday():
                end = day if closes > opens else day + timedelta(days=1)
                yield self._moment(day, opens), self._moment(end, closes)

    def _moment(self, day, at):
        return datetime.combine(day, at, tzinfo=self.zone)
