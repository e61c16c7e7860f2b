from django.views.decorators.http import require_POST

from sessions_app.actions.chat import say
from sessions_app.models.support_session import new_key
from sessions_app.views.access import csr_door, customer_door
from supportcenter.responses import changed

LONGEST_CLIENT_ID = 40


@require_POST
@csr_door
def csr_send_message(request, session, me):
    return _send(request, session, me, "dashboard")


@require_POST
@customer_door
def customer_send_message(request, session, me):
    return _send(request, session, me, "remote_support")


def _send(request, session, me, page):
    message = say(session, text=request.POST.get("text", ""), client_id=_client_id(request), by=me)
    return changed(request, page, session.key, message=message.pk)


def _client_id(request):
    """The page's own name for the message; one that is no plain word is as good as none."""
    given = request.POST.get("client_id", "")
    return given if 0 < len(given) <= LONGEST_CLIENT_ID and given.isascii() and given.isprintable() else new_key()
