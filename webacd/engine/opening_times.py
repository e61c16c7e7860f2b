"""When a queue is open: weekly hours and holidays in the queue's own time zone. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAYS_AHEAD = 62
# A time field has no 24:00, so the last minute stands for the end of the day.
LAST_MINUTE = time(23, 59)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Timetable:
    """Rows of (weekday, opens, closes), Monday being 0. Without rows it is always open, holidays aside.

    Where `closes` is not after `opens`, it is on the next day; 23:59 is the end of the day. Times are compared as
    moments, because a zone's clock may be put forward or back.
    """

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
                return min(later).astimezone(self.zone)
        return None

    def _spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if day in self.holidays:
            return
        if not self.hours:
            yield self._moment(day, time()), self._moment(day + timedelta(days=1), time())
        for weekday, opens, closes in self.hours:
            if weekday == day.weekday():
                yield self._moment(day, opens), self._end(day, opens, closes)

    def _end(self, day: date, opens: time, closes: time) -> datetime:
        if closes >= LAST_MINUTE:
            return self._moment(day + timedelta(days=1), time())
        return self._moment(day if closes > opens else day + timedelta(days=1), closes)

    def _moment(self, day: date, at: time) -> datetime:
        """The moment of a local time; for one that is skipped in spring, the moment when the clock is put forward."""
        wall = datetime.combine(day, at, tzinfo=self.zone)
        moment, earlier = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
        return _change_between(self.zone, earlier, moment) if earlier < moment else moment


def _change_between(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """When the zone's clock is put forward: the first moment with the later offset, to the second."""
    while after - before > SECOND:
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == after.astimezone(zone).utcoffset():
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)
