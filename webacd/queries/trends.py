"""How queues did from day to day and from hour to hour, beside the range before: counted by the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q
from django.utils import timezone

from supportcenter.reporting.local_hours import LocalHours
from supportcenter.reporting.ranges import Range
from supportcenter.right_of_way import giving_way
from webacd.models import Queue
from webacd.queries.statistics import ABANDONED, ANSWERED, Statistics, counted, over


@dataclass
class Trends:
    """All of the queues together. A request counts on the day on which its wait was over."""

    days: Range
    now: Statistics = field(default_factory=lambda: Statistics(""))
    before: Statistics = field(default_factory=lambda: Statistics(""))
    by_day: Mapping[date, Statistics] = field(default_factory=dict)
    by_day_before: Mapping[date, Statistics] = field(default_factory=dict)
    # When they arrived, by weekday, 0 for Monday, and hour.
    by_hour: Mapping[tuple[int, int], int] = field(default_factory=dict)


def trends(queues: Iterable[Queue], since: date, until: date) -> Trends:
    """What became of the requests to these queues in these days, by the site's clock. Two statements."""
    found = Trends(Range.of(since, until, timezone.get_current_timezone()))
    queues = list(queues)
    _count_days(found, queues)
    _count_arrivals(found, queues)
    return found


def _count_days(found: Trends, queues: list[Queue]) -> None:
    earlier, later = found.days.span_before, found.days.span
    hours = LocalHours.within(found.days.zone, earlier, later)
    rows = over(earlier[0], later[1]).filter(queue__in=queues)
    if earlier[1] < later[0]:
        rows = rows.filter(Q(outcome_at__lt=earlier[1]) | Q(outcome_at__gte=later[0]))
    now: defaultdict[date, Statistics] = defaultdict(lambda: Statistics(""))
    before: defaultdict[date, Statistics] = defaultdict(lambda: Statistics(""))
    groups = rows.values_list(hours.piece("outcome_at"), "outcome")
    for piece, *facts in giving_way(counted(groups, F("queue__service_seconds"))):
        is_now, day = hours.begins(piece) >= later[0], hours.local(piece).date()
        for one in (found.now, now[day]) if is_now else (found.before, before[day]):
            one.add(_of_one_outcome(*facts))
    found.by_day, found.by_day_before = now, before


def _of_one_outcome(outcome: str, count: int, waited: int, longest: int, in_time: int) -> Statistics:
    one = Statistics("", offered=count)
    if outcome == ANSWERED:
        one.answered, one.answered_in_time, one.waited, one.longest = count, in_time, waited, longest
    elif outcome == ABANDONED:
        one.abandoned, one.abandoned_in_time = count, in_time
    return one


def _count_arrivals(found: Trends, queues: list[Queue]) -> None:
    since, until = found.days.span
    # Some had been waiting since the day before.
    hours = LocalHours.within(found.days.zone, found.days.span_before, found.days.span)
    rows = over(since, until).filter(queue__in=queues)
    found.by_hour = hours.by_hour_of_week(rows.values_list(hours.piece("arrived_at")).annotate(Count("pk")))
