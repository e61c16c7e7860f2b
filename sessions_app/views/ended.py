"""The page that a CSR has once a session is over for them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sessions_app.forms.case import ClosingForm
from sessions_app.models import Participant, SupportSession
from sessions_app.queries.case import case_of, choices
from sessions_app.queries.recordings import recordings
from sessions_app.queries.summary import summary_of
from sessions_app.rules.permissions import may_keep_notes
from sessions_app.views.transcript_rows import RefusedTranscript, transcript_rows
from supportcenter.responses import FORM_REFUSED


def ended_page(
    request: HttpRequest,
    session: SupportSession,
    me: Participant,
    *,
    closing_form: ClosingForm | None = None,
    transcript_form: RefusedTranscript | None = None,
) -> HttpResponse:
    """The summary, with the closing form if one is asked for; or one that was refused, with what is wrong with it."""
    context: dict[str, Any] = {
        "session": session,
        "me": me,
        "customer": False,
        "summary": (summary := summary_of(session)),
        "recordings": recordings(session),
    }
    if not session.is_open and may_keep_notes(me, session):
        context["transcripts"] = transcript_rows(summary.customers, session, may_send=True, refused=transcript_form)
        case = case_of(session)
        context["case"] = case
        if case.closing:
            context["closing_form"] = closing_form or ClosingForm(
                choices=choices(closing=True), case=case, draft=f"note.{session.key}"
            )
    refused = transcript_form or (closing_form is not None and closing_form.errors)
    return render(request, "sessions_app/ended/ended.html", context, status=FORM_REFUSED if refused else 200)
