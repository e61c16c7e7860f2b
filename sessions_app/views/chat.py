from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from sessions_app.actions.chat import say
from sessions_app.models import Participant, SupportSession
from sessions_app.models.support_session import new_key
from sessions_app.views.access import participant_required
from supportcenter.responses import changed

LONGEST_CLIENT_ID = 40


@require_POST
@participant_required
def send_message(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    text, reply = request.POST.get("text", ""), request.POST.get("reply", "")
    message = say(session, text=text, client_id=_client_id(request), by=me, reply=reply)
    return changed(request, me, message=message.pk)


def _client_id(request: HttpRequest) -> str:
    """The page's own name for the message; a new one, if it is not a plain word."""
    given = request.POST.get("client_id", "")
    return given if 0 < len(given) <= LONGEST_CLIENT_ID and given.isascii() and given.isprintable() else new_key()
