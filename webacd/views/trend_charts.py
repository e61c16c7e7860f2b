"""The charts of queues: what became of requests from day to day, how long they waited, how many within the target."""

from collections.abc import Callable

from django.utils.translation import get_language, gettext

from supportcenter.reporting.charts.axis import Unit
from supportcenter.reporting.charts.columns import Chart, Look, Series
from supportcenter.reporting.charts.periods import Periods, first_weekday_in, periods_of
from webacd.queries.statistics import Statistics
from webacd.queries.trends import Trends

Figure = Callable[[Statistics], float | None]


def charts_of(found: Trends) -> dict[str, Chart]:
    days = found.days
    periods = periods_of(days.first, days.last, first_weekday=first_weekday_in(get_language() or "en"))
    now, before = _by_period(found, periods, earlier=False), _by_period(found, periods, earlier=True)
    return {
        "requests": Chart(periods, _outcomes(now), stacked=True),
        "waits": Chart(periods, _lines(now, before, lambda one: one.average_wait), Unit.SECONDS),
        "levels": Chart(periods, _lines(now, before, lambda one: one.service_level_of_answered), Unit.PER_CENT),
    }


def _by_period(found: Trends, periods: Periods, *, earlier: bool) -> list[Statistics]:
    sums = [Statistics("") for _start in periods.starts]
    for day, one in (found.by_day_before if earlier else found.by_day).items():
        sums[periods.place(day + found.days.length if earlier else day)].add(one)
    return sums


def _outcomes(sums: list[Statistics]) -> list[Series]:
    return [
        Series(gettext("Answered"), [one.answered for one in sums]),
        Series(gettext("Abandoned"), [one.abandoned for one in sums], Look.HATCHED),
        Series(gettext("Other exits"), [one.lost_otherwise for one in sums], Look.OUTLINED),
    ]


def _lines(now: list[Statistics], before: list[Statistics], figure: Figure) -> list[Series]:
    return [
        Series(gettext("This period"), [figure(one) for one in now], Look.LINE),
        Series(gettext("Period before"), [figure(one) for one in before], Look.DASHED),
    ]
