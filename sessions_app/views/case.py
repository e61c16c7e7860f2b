"""What staff keep about a session: notes, tracking fields and tags, and the closing form after the end."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sessions_app.actions.case.closing import close_case
from sessions_app.actions.case.details import change_details
from sessions_app.actions.case.notes import add_note
from sessions_app.errors import DetailsRefused, NoClosingForm, NotEndedYet, NotInSession
from sessions_app.forms.case import CaseDetailsForm, ClosingForm, NoteForm
from sessions_app.models import Participant, SupportSession
from sessions_app.queries.case import case_of, choices
from sessions_app.rules.permissions import may_keep_notes
from sessions_app.views.access import csr_required
from sessions_app.views.ended import ended_page
from supportcenter.one_press import secret_of_press
from supportcenter.refusals import Refused, require
from supportcenter.responses import changed, wants_json


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@csr_required
def notes(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """What staff keep, as a region of the room that needs nothing else of it; or one note more."""
    require(may_keep_notes(me, session), NotInSession)
    if request.method != "POST":
        case = case_of(session, closing=False)
        # Each room of the window has its own.
        details_form = CaseDetailsForm(choices=choices(), case=case, auto_id=f"id_{session.key}_%s")
        context = {"session": session, "case": case, "details_form": details_form}
        return render(request, "sessions_app/room/_notes.html", context)
    form = NoteForm(request.POST)
    _require_valid(form)
    text = form.cleaned_data["text"]
    written = add_note(session, text=text, press=_press(request, session, text), by=me)
    return changed(request, *_page(session, me), note=written.pk)


@require_POST
@csr_required
def details(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    form = CaseDetailsForm(request.POST, choices=choices(), case=case_of(session, closing=False))
    _require_valid(form)
    change_details(session, values=form.values, give=form.given, take=form.taken, by=me)
    return changed(request, *_page(session, me))


@require_http_methods(["GET", "HEAD", "POST"])
@csr_required
def closing(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """The closing form; a refused one is answered at this address, where a reload leads back to the page."""
    page = f"{me.get_absolute_url()}#closing"
    if request.method != "POST":
        return redirect(page)
    require(may_keep_notes(me, session), NotInSession)
    require(not session.is_open, NotEndedYet)
    case = case_of(session)
    require(case.closing, NoClosingForm)
    form = ClosingForm(request.POST, choices=choices(closing=True), case=case, draft=f"note.{session.key}")
    if form.is_valid():
        try:
            _close(request, session, me, form)
            return changed(request, page)
        except Refused as refusal:
            # What was written stays in the form.
            form.add_error(None, str(refusal.message))
    if wants_json(request):
        _require_valid(form)
    return ended_page(request, session, me, closing_form=form)


def _close(request: HttpRequest, session: SupportSession, me: Participant, form: ClosingForm) -> None:
    note = form.cleaned_data["note"]
    close_case(
        session,
        reason=form.reason_chosen,
        values=form.values,
        give=form.given,
        take=form.taken,
        note=note,
        press=_press(request, session, note),
        by=me,
    )


def _press(request: HttpRequest, session: SupportSession, text: str) -> str:
    """A note that was changed before it was sent again is another note."""
    return secret_of_press(request, "note", session.key, text)


def _page(session: SupportSession, me: Participant) -> tuple[Any, ...]:
    """Where the forms stand: in the session, and after it in its record."""
    return (me,) if session.is_open and me.is_present else ("record", session.key)


def _require_valid(form: forms.Form) -> None:
    if not form.is_valid():
        raise DetailsRefused(" ".join(str(error) for errors in form.errors.values() for error in errors))
