"""On which day and at which hour something happened, by the clock of a time zone whose offset changes.

The database counts by pieces of time that never straddle an hour of that clock; which hour a piece is in is found out
here. So it is right on the days on which clocks change, and no row is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from math import gcd
from typing import Any

from django.db.models import BigIntegerField, Func

from supportcenter.reporting.days import Span
from supportcenter.right_of_way import giving_way

HOUR = 3600


class Piece(Func):
    """The number of the piece, `seconds` long, since 1970, in which a time lies."""

    arity = 1
    output_field = BigIntegerField()

    def __init__(self, at: str, *, seconds: int) -> None:
        super().__init__(at)
        self.extra["seconds"] = int(seconds)

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        # Times are stored as text: up to the whole second, without the fraction, which strftime would round.
        template = "(CAST(strftime('%%%%s', substr(%(expressions)s, 1, 19)) AS integer) / %(seconds)s)"
        sql, values = self.as_sql(compiler, connection, template=template, **more)
        return sql, [*values]

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s) / %(seconds)s) AS bigint)"
        sql, values = self.as_sql(compiler, connection, template=template, **more)
        return sql, [*values]


@dataclass(frozen=True)
class LocalHours:
    """The days and hours of some spans, as the zone's clock has them."""

    zone: tzinfo
    # How long a piece is: an hour, or less where the zone's offset is no whole number of hours.
    seconds: int

    @classmethod
    def within(cls, zone: tzinfo, *spans: Span) -> LocalHours:
        return cls(zone, gcd(HOUR, *(_offset(day, zone) for span in spans for day in _days_of(span))))

    def piece(self, at: str) -> Piece:
        return Piece(at, seconds=self.seconds)

    def local(self, piece: int) -> datetime:
        return datetime.fromtimestamp(piece * self.seconds, self.zone)

    def begins(self, piece: int) -> datetime:
        return datetime.fromtimestamp(piece * self.seconds, UTC)

    def by_day(self, counted: Iterable[tuple[int, int]]) -> Counter[date]:
        """Numbers by piece, added up by day."""
        found: Counter[date] = Counter()
        for piece, number in giving_way(counted):
            found[self.local(piece).date()] += number
        return found

    def by_hour_of_week(self, counted: Iterable[tuple[int, int]]) -> Counter[tuple[int, int]]:
        """The same by weekday, 0 for Monday, and hour."""
        found: Counter[tuple[int, int]] = Counter()
        for piece, number in giving_way(counted):
            at = self.local(piece)
            found[at.weekday(), at.hour] += number
        return found


def _days_of(span: Span) -> Iterable[datetime]:
    """Some moment of each day, and of the one after: each offset that holds in the span for a day or more is met."""
    return (span[0] + timedelta(days=number) for number in range((span[1] - span[0]).days + 2))


def _offset(at: datetime, zone: tzinfo) -> int:
    return int((at.astimezone(zone).utcoffset() or timedelta()).total_seconds())
