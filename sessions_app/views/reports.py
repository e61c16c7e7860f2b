"""Reports: the sessions, and what each representative did, as pages and as files."""

from datetime import date, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sessions_app.errors import NotACsr
from sessions_app.forms.reports import SessionFilterForm
from sessions_app.models import Tag, TrackingField
from sessions_app.models.support_session import SupportSessionQuerySet
from sessions_app.models.word_index import is_behind
from sessions_app.queries.csr_table import csr_table
from sessions_app.queries.figures import CsrFigures, figures_by_csr, summed
from sessions_app.queries.reports import Filters, csrs_to_choose, page_for, sessions_for
from sessions_app.queries.session_lines import file_lines
from sessions_app.rules.permissions import may_read_reports
from sessions_app.views.session_file import session_columns, session_rows
from supportcenter.accounts.models import User
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.audit.exports import report_file
from supportcenter.handling import asks_again, reads_much
from supportcenter.refusals import require
from supportcenter.reporting.days import DaysForm, Span, day_span
from supportcenter.reporting.table_file import Ending
from supportcenter.reporting.tables import Table
from supportcenter.responses import View, render_form
from supportcenter.text.whole_numbers import whole_number
from supportcenter.text.wording import terms_of

FIRST_DAY = date(2000, 1, 1)
DAYS_SHOWN = timedelta(days=29)


def report_page(view: View) -> View:
    """For CSRs, managers and admins; each sees the sessions that they may read about."""

    @reads_much
    @wraps(view)
    @never_cache
    @require_safe
    @login_required
    def guarded(request: SignedInRequest, **more: Any) -> HttpResponseBase:
        require(may_read_reports(request.user), NotACsr)
        return view(request, **more)

    return guarded


@report_page
def sessions(request: SignedInRequest) -> HttpResponse:
    form = _filter(request)
    if not form.is_valid():
        return render_form(request, "sessions_app/reports/reports.html", form)
    before = request.GET.get("before", "")
    page = page_for(request.user, before=whole_number(before) or None, **_filters(form))
    filters = request.GET.copy()
    filters.pop("before", None)
    context = {
        "form": form,
        **page._asdict(),
        # A site that keeps none has no empty column.
        "has_case": any(line.tracking or line.tags for line in page.lines),
        "filters": filters.urlencode(),
        "later": before,
        "is_behind": bool(form.cleaned_data["words"]) and is_behind(),
    }
    return render(request, "sessions_app/reports/reports.html", context)


@asks_again
@report_page
def sessions_file(request: SignedInRequest, ending: Ending) -> HttpResponseBase:
    form = _filter(request)
    if not form.is_valid():
        return render_form(request, "sessions_app/reports/reports.html", form)
    # Those that are switched off, too: earlier sessions have them.
    fields = list(TrackingField.objects.all())
    rows = session_rows(file_lines(_filtered(request.user, form)), fields)
    return report_file(request.user, Table("sessions", _("Sessions"), session_columns(fields), rows), ending)


@report_page
def representatives(request: SignedInRequest) -> HttpResponse:
    form = _days(request)
    if not form.is_valid():
        return render_form(request, "sessions_app/reports/representatives.html", form)
    figures = _figures(request.user, form)
    context = {
        "form": form,
        "filters": form.query,
        "figures": figures,
        "most": max((one.sessions for one in figures), default=0),
        "total": summed(figures),
    }
    return render(request, "sessions_app/reports/representatives.html", context)


@asks_again
@report_page
def representatives_file(request: SignedInRequest, ending: Ending) -> HttpResponseBase:
    form = _days(request)
    if not form.is_valid():
        return render_form(request, "sessions_app/reports/representatives.html", form)
    return report_file(request.user, csr_table(_figures(request.user, form)), ending)


def _filter(request: SignedInRequest) -> SessionFilterForm:
    csrs = csrs_to_choose(request.user)
    return SessionFilterForm(request.GET, csrs=csrs, tags=list(Tag.objects.all()))


def _filtered(user: User, form: SessionFilterForm) -> SupportSessionQuerySet:
    return sessions_for(user, **_filters(form))


def _filters(form: SessionFilterForm) -> Filters:
    chosen = form.cleaned_data
    span = _span(chosen.get("since") or FIRST_DAY, chosen.get("until") or timezone.localdate())
    words = chosen["words"]
    return {
        "span": span,
        "csr": chosen.get("csr"),
        "text": chosen["text"],
        "state": chosen["state"],
        "terms": terms_of(words) if words else None,
        "tracked": chosen["tracked"],
        "tag": chosen.get("tag"),
    }


def _days(request: HttpRequest) -> DaysForm:
    today = timezone.localdate()
    since = request.GET.get("since") or (today - DAYS_SHOWN).isoformat()
    return DaysForm({"since": since, "until": request.GET.get("until") or today.isoformat()})


def _figures(user: User, form: DaysForm) -> list[CsrFigures]:
    return figures_by_csr(user, _span(form.cleaned_data["since"], form.cleaned_data["until"]))


def _span(since: date, until: date) -> Span:
    return day_span(since, until, timezone.get_current_timezone())
