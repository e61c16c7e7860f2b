"""The record of one session, and the erasing of a customer from it."""

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.errors import NotAnAdmin
from sessions_app.models import Participant, SupportSession
from sessions_app.queries.record import record_of
from sessions_app.queries.said import page_with
from sessions_app.queries.whole_record import rows_of
from sessions_app.rules.permissions import may_erase, may_read_record
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.handling import reads_much
from supportcenter.refusals import require
from supportcenter.reporting.csv_file import csv_file
from supportcenter.responses import changed
from supportcenter.text.whole_numbers import whole_number

CSV_HEAD = [_("Time"), _("Name"), _("What happened"), _("Chat")]


@reads_much
@never_cache
@require_safe
@login_required
def record(request: SignedInRequest, key: str) -> HttpResponse:
    session = _readable(request, key)
    if line := whole_number(request.GET.get("line", "")):
        return redirect(f"{request.path}?lines={page_with(session, line)}#line-{line}")
    context = {
        "session": session,
        "record": record_of(session, request.GET.dict()),
        "may_erase": may_erase(request.user) and not session.is_open,
        "time_zone": timezone.get_current_timezone_name(),
    }
    return render(request, "sessions_app/record/record.html", context)


@reads_much
@never_cache
@require_safe
@login_required
def record_csv(request: SignedInRequest, key: str) -> HttpResponseBase:
    """The whole of it, however long: what happened and what was said, in the order of time."""
    session = _readable(request, key)
    return csv_file(f"session-{session.number}.csv", CSV_HEAD, rows_of(session))


@require_POST
def erase(request: SignedInRequest, key: str, pk: int) -> HttpResponse:
    require(may_erase(request.user), NotAnAdmin)
    session = get_object_or_404(SupportSession, key=key)
    erase_customer(session, get_object_or_404(session.participants, pk=pk), by=request.user)
    return changed(request, "record", session.key)


def _readable(request: SignedInRequest, key: str) -> SupportSession:
    """The session; its state asks only who is present, of whom there are few."""
    present = Prefetch("participants", Participant.objects.present())
    session = get_object_or_404(SupportSession.objects.all().prefetch_related(present), key=key)
    if not may_read_record(request.user, session):
        raise Http404
    return session
