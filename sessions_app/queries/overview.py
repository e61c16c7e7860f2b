"""What happened in a range of days, beside what happened in the range before: counted by the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from sessions_app.models import Participant, SupportSession
from sessions_app.models.support_session import SupportSessionQuerySet
from sessions_app.rules.permissions import seats_read
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.reporting.days import Span
from supportcenter.reporting.durations import WholeSeconds
from supportcenter.reporting.local_hours import LocalHours
from supportcenter.reporting.numbers import average
from supportcenter.reporting.ranges import Range
from supportcenter.right_of_way import giving_way

# Seconds at which one group of lengths ends and the next begins.
LENGTHS = (300, 900, 1800, 3600)


@dataclass
class Totals:
    sessions: int = 0
    # Seconds, of all sessions.
    length: int = 0
    customers: int = 0
    # How many customers rated, and the sum of what they gave.
    ratings: int = 0
    rated: int = 0

    @property
    def average_length(self) -> int | None:
        return round(self.length / self.sessions) if self.sessions else None

    @property
    def average_rating(self) -> float | None:
        return average(self.rated, self.ratings)

    @property
    def response(self) -> float | None:
        """Per cent of the customers who rated."""
        return round(100 * self.ratings / self.customers, 1) if self.customers else None


@dataclass
class Overview:
    days: Range
    now: Totals = field(default_factory=Totals)
    before: Totals = field(default_factory=Totals)
    # Sessions by the day on which they began; those before by their own days.
    by_day: Mapping[date, int] = field(default_factory=dict)
    by_day_before: Mapping[date, int] = field(default_factory=dict)
    # By weekday, 0 for Monday, and hour.
    by_hour: Mapping[tuple[int, int], int] = field(default_factory=dict)
    # Whether all of the range before is still there; the oldest records are deleted.
    is_comparable: bool = True
    # How many were shorter than each of LENGTHS but not than the one before it, and last those that were longer.
    lengths: Sequence[int] = ()


def overview(user: User, since: date, until: date) -> Overview:
    """The sessions that `user` may read about and that began in these days, by the site's clock.

    Four statements, however many there are.
    """
    found = Overview(Range.of(since, until, timezone.get_current_timezone()))
    sessions = sessions_in(user, found.days.span_before, found.days.span)
    _count_sessions(found, sessions)
    _count_customers(found, sessions)
    found.is_comparable = is_kept(found.days.span_before[0])
    if not found.is_comparable:
        found.before, found.by_day_before = Totals(), {}
    found.lengths = _lengths(sessions_in(user, found.days.span))
    return found


def is_kept(since: datetime) -> bool:
    """Whether no record of sessions since then has been deleted for its age (E44)."""
    days = SitePolicy.current().retention_days
    return not days or since >= clock.now() - timedelta(days=days)


def sessions_in(user: User, *spans: Span) -> SupportSessionQuerySet:
    """Those that began in one of the spans, which follow one another; of those that the user may read about."""
    sessions = SupportSession.objects.filter(started_at__gte=spans[0][0], started_at__lt=spans[-1][1]).order_by()
    for earlier, later in zip(spans, spans[1:], strict=False):
        if earlier[1] < later[0]:
            sessions = sessions.filter(Q(started_at__lt=earlier[1]) | Q(started_at__gte=later[0]))
    seats = seats_read(user)
    return (
        sessions
        if seats is None
        else sessions.filter(Exists(Participant.objects.filter(seats, session=OuterRef("pk"))))
    )


def is_since(start: str, days: Range) -> Case:
    """Whether it began in the range itself, not in the one before."""
    return Case(When(**{f"{start}__gte": days.span[0]}, then=True), default=False, output_field=BooleanField())


def _length() -> WholeSeconds:
    return WholeSeconds(Coalesce("ended_at", Value(clock.now())), F("started_at"))


def _count_sessions(found: Overview, sessions: SupportSessionQuerySet) -> None:
    hours = LocalHours.within(found.days.zone, found.days.span_before, found.days.span)
    counted = sessions.values_list(hours.piece("started_at")).annotate(Count("pk"), seconds=Sum(_length()))
    pieces: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    for piece, count, length in giving_way(counted):
        is_now = hours.begins(piece) >= found.days.span[0]
        totals = found.now if is_now else found.before
        totals.sessions, totals.length = totals.sessions + count, totals.length + length
        pieces[is_now].append((piece, count))
    found.by_day, found.by_day_before = hours.by_day(pieces[True]), hours.by_day(pieces[False])
    found.by_hour = hours.by_hour_of_week(pieces[True])


def _count_customers(found: Overview, sessions: SupportSessionQuerySet) -> None:
    customers = Participant.objects.customers().filter(session__in=sessions.values("pk")).order_by()
    counted = customers.values_list(is_since("session__started_at", found.days)).annotate(
        Count("admitted_at"), Count("survey_answer"), Sum("survey_answer__rating")
    )
    for is_now, admitted, ratings, rated in counted:
        totals = found.now if is_now else found.before
        totals.customers, totals.ratings, totals.rated = admitted, ratings, rated or 0


def _lengths(sessions: SupportSessionQuerySet) -> list[int]:
    bounds = [When(lasted__lt=bound, then=place) for place, bound in enumerate(LENGTHS)]
    group = Case(*bounds, default=len(LENGTHS))
    counted = dict(sessions.alias(lasted=_length()).values_list(group).annotate(Count("pk")))
    return [counted.get(place, 0) for place in range(len(LENGTHS) + 1)]
