"""The conversation for the customer (E67): as a file, to their confirmed address, or sent by a representative."""

from collections.abc import Iterator
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sessions_app.actions.transcripts import mail_transcript, require_over, send_transcript
from sessions_app.errors import MessageRefused, NoSuchParticipant, NotInSession, TranscriptIsOff, TranscriptTooEarly
from sessions_app.forms.after import TranscriptForm
from sessions_app.models import Participant, SupportSession, TranscriptMail
from sessions_app.queries.receipt import receipt_of
from sessions_app.queries.transcript import whole_text
from sessions_app.rules.permissions import may_keep_notes
from sessions_app.rules.transcripts import has_transcripts
from sessions_app.views.access import csr_required, customer_required
from sessions_app.views.ended import ended_page
from sessions_app.views.record import record_page
from sessions_app.views.transcript_rows import RefusedTranscript
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.handling import reads_much
from supportcenter.refusals import require
from supportcenter.refusals.found import found
from supportcenter.reporting.csv_file import as_here
from supportcenter.responses import changed, wants_json

# A refused form is answered at its own address: a reload or another language there leads back to the page.
post_or_look = require_http_methods(["GET", "HEAD", "POST"])


@reads_much
@never_cache
@require_safe
@customer_required
def save(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponseBase:
    """What this customer could read of the chat, as a text file that is made while it is sent."""
    require(has_transcripts(SitePolicy.current()), TranscriptIsOff)
    require_over(me)
    words = {"session": session, "me": me, "receipt": receipt_of(me), "policy": SitePolicy.current()}
    head = render_to_string("sessions_app/ended/conversation_head.txt", words)

    def pieces() -> Iterator[str]:
        yield head
        yield from whole_text(me)

    response = StreamingHttpResponse(as_here(pieces()), content_type="text/plain; charset=utf-8")
    number = f"-{session.number}" if me.knows_number else ""
    response["Content-Disposition"] = f'attachment; filename="conversation{number}.txt"'
    return response


@post_or_look
@customer_required
def mail(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """Have it sent to one's confirmed address."""
    page = f"{me.get_absolute_url()}#conversation"
    if request.method != "POST":
        return redirect(page)
    mail_transcript(me, language=get_language() or settings.LANGUAGE_CODE)
    return changed(request, page)


@post_or_look
@csr_required
def send(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    """A representative of the session sends a customer their conversation, from the summary."""
    page = me.get_absolute_url()
    if request.method != "POST":
        return redirect(page)
    sent = _send(session, me, pk, request)
    if isinstance(sent, RefusedTranscript):
        return ended_page(request, session, me, transcript_form=sent)
    return changed(request, f"{page}#conversation-{pk}", mail=sent.pk)


@reads_much
@never_cache
@post_or_look
@csr_required
def send_from_record(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    """The same from the record, which is answered if the form is refused."""
    page = reverse("record", args=[session.key])
    if request.method != "POST":
        return redirect(page)
    sent = _send(session, me, pk, request)
    if isinstance(sent, RefusedTranscript):
        return record_page(cast("SignedInRequest", request), session, transcript_form=sent)
    return changed(request, f"{page}#conversation-{pk}", mail=sent.pk)


def _send(
    session: SupportSession, me: Participant, pk: int, request: HttpRequest
) -> TranscriptMail | RefusedTranscript:
    """What was sent, or the form that was refused; a script hears of that by MessageRefused."""
    require(may_keep_notes(me, session), NotInSession)
    require(not session.is_open, TranscriptTooEarly)
    customer = found(session.participants.customers().filter(pk=pk).first(), NoSuchParticipant)
    form = TranscriptForm(request.POST, customer=pk)
    if form.is_valid():
        return send_transcript(session, customer, email=form.cleaned_data["email"], by=me)
    if wants_json(request):
        raise MessageRefused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return RefusedTranscript(pk, form)
