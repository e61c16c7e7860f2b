"""The audit log, for admins: a page of it, and the whole as a file."""

from collections.abc import Callable, Iterator
from functools import wraps
from itertools import islice
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from supportcenter import security_log
from supportcenter.accounts.errors import NotAnAdministrator
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.audit.forms import AuditForm
from supportcenter.audit.lines import Changed, lines_of, plain_lines_of
from supportcenter.audit.models import Entry
from supportcenter.audit.queries import AT_ONCE, Filters, all_of, page_of
from supportcenter.audit.rules import may_read_audit_log
from supportcenter.handling import asks_again, reads_much
from supportcenter.refusals import require
from supportcenter.reporting.csv_file import csv_file
from supportcenter.responses import render_form
from supportcenter.text.whole_numbers import whole_number

PAGE = "audit/audit.html"
CSV_HEAD = [
    _("Time"), _("What happened"), _("About"), _("Name in the security log"), _("Account"), _("Administrator"),
    _("Network address"), _("Changes"), _("Details"),
]  # fmt: skip


def audit_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @reads_much
    @wraps(view)
    @never_cache
    @require_safe
    @login_required
    def guarded(request: SignedInRequest, **more: Any) -> HttpResponseBase:
        require(may_read_audit_log(request.user), NotAnAdministrator)
        return view(request, **more)

    return guarded


@audit_page
def audit_log(request: SignedInRequest) -> HttpResponse:
    form = AuditForm(request.GET)
    if not form.is_valid():
        return render_form(request, PAGE, form)
    before = whole_number(request.GET.get("before", ""))
    page = page_of(form.filters, before=before or None)
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        "form": form,
        "lines": lines_of(page.entries),
        "older": page.older,
        "later": before,
        "filters": query.urlencode(),
        "days": SitePolicy.current().audit_days,
    }
    return render(request, PAGE, context)


@asks_again
@audit_page
def audit_log_file(request: SignedInRequest) -> HttpResponseBase:
    form = AuditForm(request.GET)
    if not form.is_valid():
        return render_form(request, PAGE, form)
    security_log.note("audit_log_saved", account=request.user.username)
    return csv_file("audit-log.csv", CSV_HEAD, _rows(form.filters))


def _rows(filters: Filters) -> Iterator[list[object]]:
    entries = all_of(filters)
    while some := list(islice(entries, AT_ONCE)):
        for line in plain_lines_of(some):
            entry: Entry = line.entry
            yield [
                entry.at.isoformat(),
                line.sentence,
                line.topic,
                entry.what,
                entry.account,
                entry.by,
                entry.address,
                "; ".join(map(_said, line.changes)),
                "; ".join(f"{name}: {value}" for name, value in line.facts),
            ]


def _said(change: Changed) -> str:
    return change.field if change.after is None else f"{change.field}: {change.before} → {change.after}"
