"""What staff keep about a session: notes, tracking fields and tags, and the closing form after the end."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sessions_app.actions.case.closing import close_case
from sessions_app.actions.case.details import change_details
from sessions_app.actions.case.notes import add_note
from sessions_app.case_forms import ClosingForm, DetailsForm, NoteForm
from sessions_app.errors import DetailsRefused, NotInSession
from sessions_app.models import Participant, SupportSession
from sessions_app.queries.case import case_of, choices
from sessions_app.rules.permissions import may_keep_notes
from sessions_app.views.access import csr_required
from sessions_app.views.ended import ended_page
from supportcenter.one_press import secret_of_press
from supportcenter.refusals import require
from supportcenter.responses import changed, wants_json


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@csr_required
def notes(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """What staff keep, as a region of the room that needs nothing else of it; or one note more."""
    require(may_keep_notes(me, session), NotInSession)
    if request.method != "POST":
        case = case_of(session, closing=False)
        details_form = DetailsForm(choices=choices(), case=case)
        context = {"session": session, "case": case, "details_form": details_form}
        return render(request, "sessions_app/room/_notes.html", context)
    form = NoteForm(request.POST)
    _require_valid(form)
    press = secret_of_press(request, "note", session.key)
    written = add_note(session, text=form.cleaned_data["text"], press=press, by=me)
    return changed(request, *_page(session, me), note=written.pk)


@require_POST
@csr_required
def details(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    form = DetailsForm(request.POST, choices=choices(), case=case_of(session))
    _require_valid(form)
    change_details(session, values=form.values, tags=form.cleaned_data["tags"], by=me)
    return changed(request, *_page(session, me))


@require_http_methods(["GET", "HEAD", "POST"])
@csr_required
def closing(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """The closing form; a refused one is answered at this address, where a reload leads back to the page."""
    if request.method != "POST":
        return changed(request, me)
    form = ClosingForm(request.POST, choices=choices(closing=True), case=case_of(session))
    if not form.is_valid():
        if wants_json(request) or session.is_open:
            _require_valid(form)
        return ended_page(request, session, me, closing_form=form)
    said = form.cleaned_data
    close_case(
        session,
        reason=said.get("reason"),
        values=form.values,
        tags=said["tags"],
        note=said["note"],
        press=secret_of_press(request, "note", session.key),
        by=me,
    )
    return changed(request, me)


def _page(session: SupportSession, me: Participant) -> tuple[Any, ...]:
    """Where the forms stand: in the session, and after it in its record."""
    return (me,) if session.is_open and me.is_present else ("record", session.key)


def _require_valid(form: forms.Form) -> None:
    if not form.is_valid():
        raise DetailsRefused(" ".join(str(error) for errors in form.errors.values() for error in errors))
