"""How sessions ended, by closing reason and by tag, as a page and as a file."""

from collections.abc import Iterator, Sequence

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sessions_app.forms.reports import CsrRangeForm
from sessions_app.queries.outcomes import Outcome, Outcomes, outcomes
from sessions_app.queries.reports import csrs_to_choose
from sessions_app.views.overview import chosen_days
from sessions_app.views.reports import report_page
from supportcenter.accounts.models import User
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.audit.exports import report_file
from supportcenter.handling import asks_again
from supportcenter.reporting.table_file import Ending
from supportcenter.reporting.tables import Column, Kind, Table
from supportcenter.responses import render_form

TEMPLATE = "sessions_app/reports/outcomes.html"
# Bars of a chart; the tables have all.
DRAWN = 10
COLUMNS = [
    Column(_("By")),
    Column(_("Name")),
    Column(_("Sessions"), Kind.NUMBER),
    Column(_("Share of all"), Kind.PERCENT, _("Share of all, per cent")),
    Column(_("Average length"), Kind.LENGTH, _("Average length in seconds")),
    Column(_("Rating"), Kind.NUMBER),
]


@report_page
def outcomes_page(request: SignedInRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return render_form(request, TEMPLATE, form)
    found = _found(request.user, form)
    context = {
        "form": form,
        "outcomes": found,
        "filters": request.GET.urlencode(),
        "reasons_drawn": _drawn(found.by_reason),
        "tags_drawn": _drawn(found.by_tag),
    }
    return render(request, TEMPLATE, context)


@asks_again
@report_page
def outcomes_file(request: SignedInRequest, ending: Ending) -> HttpResponseBase:
    form = _form(request)
    if not form.is_valid():
        return render_form(request, TEMPLATE, form)
    rows = _rows(_found(request.user, form))
    return report_file(request.user, Table("reasons-and-tags", _("Reasons and tags"), COLUMNS, rows), ending)


def _form(request: SignedInRequest) -> CsrRangeForm:
    chosen = {"csr": request.GET.get("csr", ""), **chosen_days(request)}
    return CsrRangeForm(chosen, csrs=csrs_to_choose(request.user))


def _found(user: User, form: CsrRangeForm) -> Outcomes:
    chosen, key = form.cleaned_data, form.cleaned_data.get("csr")
    return outcomes(user, chosen["since"], chosen["until"], csr=User(pk=key) if key else None)


def _drawn(rows: Sequence[Outcome]) -> list[tuple[str, int]]:
    """Those that have most, without the sessions that have none."""
    return [(one.name, one.sessions) for one in rows if not one.is_none][:DRAWN]


def _rows(found: Outcomes) -> Iterator[list[object]]:
    for by, rows in ((gettext("Closing reason"), found.by_reason), (gettext("Tag"), found.by_tag)):
        for one in rows:
            yield [by, one.name, one.sessions, one.share, one.average_length, one.average_rating]
