from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from sessions_app.actions.change_line import delete_line, edit_line
from sessions_app.actions.chat import say
from sessions_app.actions.reactions import react
from sessions_app.actions.seen import note_seen
from sessions_app.models import Participant, SupportSession
from sessions_app.models.support_session import new_key
from sessions_app.views.access import participant_required
from supportcenter.responses import changed
from supportcenter.text.whole_numbers import whole_number

LONGEST_CLIENT_ID = 40


@require_POST
@participant_required
def send_message(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    text, reply = request.POST.get("text", ""), request.POST.get("reply", "")
    message = say(session, text=text, client_id=_client_id(request), by=me, reply=reply)
    return changed(request, me, message=message.pk)


@require_POST
@participant_required
def edit_message(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    line = get_object_or_404(session.chat_messages.read_by(me), pk=pk)
    edit_line(session, line, text=request.POST.get("text", ""), by=me)
    return changed(request, me, message=pk)


@require_POST
@participant_required
def delete_message(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    delete_line(session, get_object_or_404(session.chat_messages.read_by(me), pk=pk), by=me)
    return changed(request, me, message=pk)


@require_POST
@participant_required
def react_to_message(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    line = get_object_or_404(session.chat_messages.read_by(me), pk=pk)
    react(session, line, sign=request.POST.get("reaction", ""), on=request.POST.get("on") == "true", by=me)
    return changed(request, me, message=pk)


@require_POST
@participant_required
def note_read(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """How far the page has the chat, and how far it was in sight: the numbers of two lines."""
    delivered, seen = (whole_number(request.POST.get(name, "")) for name in ("delivered", "seen"))
    note_seen(session, delivered=delivered, seen=seen, by=me)
    return HttpResponse(status=204)


def _client_id(request: HttpRequest) -> str:
    """The page's own name for the message; a new one, if it is not a plain word."""
    given = request.POST.get("client_id", "")
    return given if 0 < len(given) <= LONGEST_CLIENT_ID and given.isascii() and given.isprintable() else new_key()
