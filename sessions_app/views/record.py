"""The record of one session, and the erasing of a customer from it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.errors import NotAnAdmin
from sessions_app.models import Participant, SupportSession
from sessions_app.queries.customer_panel import panel_in_record
from sessions_app.queries.record import record_of
from sessions_app.queries.whole_record import rows_of
from sessions_app.rules.permissions import may_erase, may_keep_notes, may_read_record
from sessions_app.rules.seats import csr_with_account
from sessions_app.views.transcript_rows import RefusedTranscript, transcript_rows
from supportcenter import security_log
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.audit.opened import note_opened
from supportcenter.handling import asks_again, reads_much
from supportcenter.refusals import require
from supportcenter.reporting.csv_file import csv_file
from supportcenter.responses import FORM_REFUSED, changed
from supportcenter.text.whole_numbers import whole_number

# The lists of the page, by the names that addresses have for their pages.
LISTS = {
    "events": "sessions_app/record/_timeline.html",
    "lines": "sessions_app/record/_chat.html",
    "files": "sessions_app/record/_files.html",
    "films": "sessions_app/record/_recordings.html",
    "people": "sessions_app/record/_people.html",
    "consents": "sessions_app/record/_consents.html",
    "answers": "sessions_app/record/_survey.html",
}
# `?line=17` is the line of chat with that primary key, `?event=17` the event with that number.
LINKED = {"line": "lines", "event": "events"}
CSV_HEAD = [_("Time"), _("Name"), _("What happened"), _("Chat")]


@reads_much
@never_cache
@require_safe
@login_required
def record(request: SignedInRequest, key: str) -> HttpResponse:
    session = _readable(request, key)
    if place := _place_of_one(request.GET):
        return redirect(request.path + place)
    return record_page(request, session)


def record_page(
    request: SignedInRequest, session: SupportSession, *, transcript_form: RefusedTranscript | None = None
) -> HttpResponse:
    """The page; with a form that was refused, what is wrong with it: at that form's address, with its customer."""
    context = _context(request, session, refused=transcript_form) | {
        "time_zone": timezone.get_current_timezone_name(),
        "may_note": _may_note(request, session),
        "panel": panel_in_record(session, request.user, chosen=whole_number(request.GET.get("customer", ""))),
    }
    status = FORM_REFUSED if transcript_form else 200
    return render(request, "sessions_app/record/record.html", context, status=status)


@reads_much
@never_cache
@require_safe
@login_required
def record_list(request: SignedInRequest, key: str, name: str) -> HttpResponse:
    """Another page of one of its lists, for a page that shows the record already."""
    session = _readable(request, key)
    if name not in LISTS:
        raise Http404
    return render(request, LISTS[name], _context(request, session, only=name))


@reads_much
@never_cache
@require_safe
@login_required
def record_csv(request: SignedInRequest, key: str) -> HttpResponseBase:
    """The whole of it, however long: what happened and what was said, in the order of time."""
    session = _readable(request, key)
    security_log.note("record_saved", account=request.user.username, about=session.audit_subject)
    return csv_file(f"session-{session.number}.csv", CSV_HEAD, rows_of(session))


@asks_again
@require_POST
def erase(request: SignedInRequest, key: str, pk: int) -> HttpResponse:
    require(may_erase(request.user), NotAnAdmin)
    session = get_object_or_404(SupportSession, key=key)
    erase_customer(session, get_object_or_404(session.participants, pk=pk), by=request.user)
    return changed(request, "record", session.key)


def _context(
    request: SignedInRequest, session: SupportSession, *, only: str = "", refused: RefusedTranscript | None = None
) -> dict[str, Any]:
    query = QueryDict(f"people=at-{refused.customer}") if refused else request.GET
    record = record_of(session, query.dict(), only=only)
    # Its own CSRs add to it after the end; those are also who send the conversation.
    may_note = only in ("", "people") and _may_note(request, session)
    # The lists of a page that answers a form have the record's address.
    elsewhere = {"list_query": query, "list_path": reverse("record", args=[session.key])} if refused else {}
    return {
        **elsewhere,
        "session": session,
        "record": record,
        "may_erase": may_erase(request.user) and not session.is_open,
        "may_note": may_note,
        "transcripts": transcript_rows(record.people, session, may_send=may_note, refused=refused),
    }


def _may_note(request: SignedInRequest, session: SupportSession) -> bool:
    """After the end, in the session's own pages before. A manager who was not in it adds nothing."""
    if session.is_open:
        return False
    me = csr_with_account(session.key, request.user)
    return me is not None and may_keep_notes(me, session)


def _place_of_one(query: QueryDict) -> str | None:
    """Where the line or event is that the address names, as a link from elsewhere does: on which page, and there."""
    for name, of in LINKED.items():
        if number := whole_number(query.get(name, "")):
            others = query.copy()
            del others[name]
            others[of] = f"at-{number}"
            return f"?{others.urlencode()}#{name}-{number}"
    return None


def _readable(request: SignedInRequest, key: str) -> SupportSession:
    """The session; its state asks only who is present, of whom there are few."""
    present = Prefetch("participants", Participant.objects.present())
    session = get_object_or_404(SupportSession.objects.all().prefetch_related(present), key=key)
    if not may_read_record(request.user, session):
        raise Http404
    takes_part = any(person.user_id == request.user.pk for person in session.participants.all())
    if not (session.is_open and takes_part):
        what = "session_watched" if session.is_open else "record_opened"
        note_opened(what, by=request.user, about=session.audit_subject)
    return session
