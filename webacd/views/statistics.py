"""Statistics of queues and agents, for today or any range of days, as a page and as a CSV file."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from supportcenter.accounts.models import User
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.handling import reads_much
from supportcenter.reporting.csv_file import csv_file
from supportcenter.reporting.days import DaysForm, day_span
from supportcenter.reporting.ranges import MOST_DAYS
from supportcenter.responses import render_form
from webacd.queries.queues import managed_queues
from webacd.queries.statistics import Statistics, statistics_by_agent, statistics_by_queue
from webacd.queries.trends import trends
from webacd.views.access import manager_required
from webacd.views.trend_charts import charts_of

COLUMNS = {
    "name": _("Name"),
    "offered": _("Arrived"),
    "answered": _("Answered"),
    "abandoned": _("Abandoned"),
    "lost_otherwise": _("Lost for other reasons"),
    "average_wait": _("Average wait in seconds"),
    "longest_wait": _("Longest wait in seconds"),
    "abandonment": _("Abandonment rate in per cent"),
    "target": _("Target in seconds"),
    "service_level_of_answered": _("Within target, of answered, in per cent"),
    "service_level_of_all": _("Within target, of answered and abandoned, in per cent"),
}


@reads_much
@never_cache
@require_safe
@manager_required
def figures(request: SignedInRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return render_form(request, "webacd/statistics/figures.html", form)
    context = {"form": form, "most_days": MOST_DAYS, **_read(request.user, form), **_trends(request.user, form)}
    return render(request, "webacd/statistics/figures.html", context)


@reads_much
@never_cache
@require_safe
@manager_required
def figures_csv(request: SignedInRequest) -> HttpResponseBase:
    form = _form(request)
    if not form.is_valid():
        return render_form(request, "webacd/statistics/figures.html", form)
    return csv_file("queues.csv", [_("Queue or agent"), *COLUMNS.values()], _rows(_read(request.user, form)))


def _form(request: HttpRequest) -> DaysForm:
    today = timezone.localdate().isoformat()
    return DaysForm({"since": request.GET.get("since") or today, "until": request.GET.get("until") or today})


def _read(user: User, form: DaysForm) -> dict[str, list[Statistics]]:
    zone = timezone.get_current_timezone()
    span = day_span(form.cleaned_data["since"], form.cleaned_data["until"], zone)
    queues = list(managed_queues(user))
    return {"queues": statistics_by_queue(queues, *span), "agents": statistics_by_agent(queues, *span)}


def _trends(user: User, form: DaysForm) -> dict[str, object]:
    """Charts, unless the range is too long for them."""
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    if (until - since).days >= MOST_DAYS:
        return {}
    found = trends(managed_queues(user), since, until)
    return {"trends": found, **charts_of(found)}


def _rows(read: dict[str, list[Statistics]]) -> Iterator[list[object]]:
    for kind, each in ((gettext("Queue"), read["queues"]), (gettext("Agent"), read["agents"])):
        yield from ([kind, *(getattr(figures, column) for column in COLUMNS)] for figures in each)
