"""Statistics of queues and agents, for today or any range of days, as a page and as a file."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from supportcenter.accounts.models import User
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.audit.exports import report_file
from supportcenter.handling import asks_again, reads_much
from supportcenter.reporting.days import DaysForm, day_span
from supportcenter.reporting.ranges import MOST_DAYS, is_too_long
from supportcenter.reporting.table_file import Ending
from supportcenter.responses import render_form
from webacd.queries.queue_table import queue_table
from webacd.queries.queues import managed_queues
from webacd.queries.statistics import Statistics, statistics_by_queue, statistics_for, summed
from webacd.queries.trends import trends
from webacd.rules.permissions import may_watch
from webacd.views.access import figures_required
from webacd.views.trend_charts import charts_of


@reads_much
@never_cache
@require_safe
@figures_required
def figures(request: SignedInRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return render_form(request, "webacd/statistics/figures.html", form)
    read = _read(request.user, form)
    context: dict[str, object] = {
        "form": form,
        "filters": form.query,
        "most_days": MOST_DAYS,
        **read,
        **{f"all_{name}": summed(rows) for name, rows in read.items()},
        # A lead who manages no queue reads about agents alone.
        "watches": may_watch(request.user),
    }
    if context["watches"]:
        context |= _trends(request.user, form)
    return render(request, "webacd/statistics/figures.html", context)


@asks_again
@reads_much
@never_cache
@require_safe
@figures_required
def figures_file(request: SignedInRequest, ending: Ending) -> HttpResponseBase:
    form = _form(request)
    if not form.is_valid():
        return render_form(request, "webacd/statistics/figures.html", form)
    return report_file(request.user, queue_table(**_read(request.user, form)), ending)


def _form(request: HttpRequest) -> DaysForm:
    today = timezone.localdate().isoformat()
    return DaysForm({"since": request.GET.get("since") or today, "until": request.GET.get("until") or today})


def _read(user: User, form: DaysForm) -> dict[str, list[Statistics]]:
    zone = timezone.get_current_timezone()
    span = day_span(form.cleaned_data["since"], form.cleaned_data["until"], zone)
    queues = list(managed_queues(user))
    return {"queues": statistics_by_queue(queues, *span), "agents": statistics_for(user, queues, *span)}


def _trends(user: User, form: DaysForm) -> dict[str, object]:
    """Charts, unless the range is too long for them."""
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    if is_too_long(since, until):
        return {}
    found = trends(managed_queues(user), since, until)
    return {"trends": found, **charts_of(found)}
