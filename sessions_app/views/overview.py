"""Reports at a glance: figures and charts of a range of days, beside the range before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext

from sessions_app.queries.overview import LENGTHS, Overview, overview
from sessions_app.views.reports import report_page
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.reporting.charts.columns import Chart, Look, Series
from supportcenter.reporting.charts.periods import first_weekday_in, periods_of
from supportcenter.reporting.ranges import DAY, SHOWN, Range, RangeForm
from supportcenter.responses import render_form

PAGE = "sessions_app/reports/overview.html"


@report_page
def overview_page(request: SignedInRequest) -> HttpResponse:
    form = RangeForm(chosen_days(request))
    if not form.is_valid():
        return render_form(request, PAGE, form)
    found = overview(request.user, form.cleaned_data["since"], form.cleaned_data["until"])
    context = {"form": form, "overview": found, "by_day": _by_day(found), "lengths": _lengths(found)}
    return render(request, PAGE, context)


def chosen_days(request: HttpRequest) -> dict[str, str]:
    """What the address says, or the last thirty days."""
    today = timezone.localdate()
    since = request.GET.get("since") or (today - (SHOWN - 1) * DAY).isoformat()
    return {"since": since, "until": request.GET.get("until") or today.isoformat()}


def _by_day(found: Overview) -> Chart:
    days: Range = found.days
    periods = periods_of(days.first, days.last, first_weekday=first_weekday_in(get_language() or "en"))
    series = [Series(gettext("This period"), periods.sums(found.by_day))]
    if found.is_comparable:
        before = periods.sums(found.by_day_before, later=days.length)
        series.append(Series(gettext("Period before"), before, Look.OUTLINED))
    return Chart(periods, series)


def _lengths(found: Overview) -> list[tuple[str, int]]:
    bounds = [seconds // 60 for seconds in LENGTHS]
    between = zip(bounds, bounds[1:], strict=False)
    names = [gettext("Under %(minutes)s minutes") % {"minutes": bounds[0]}]
    names += [gettext("%(least)s to %(most)s minutes") % {"least": least, "most": most} for least, most in between]
    names.append(gettext("Over %(minutes)s minutes") % {"minutes": bounds[-1]})
    return list(zip(names, found.lengths, strict=True))
