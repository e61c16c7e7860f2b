from django.utils.translation import gettext_lazy as _

from sessions_app import events
from sessions_app.actions.locking import ANYONE, session_action
from sessions_app.errors import MessageRefused, NotAdmitted, NotInSession, SessionHasEnded
from sessions_app.models import ChatMessage, Participant, SupportSession
from sessions_app.rules.permissions import is_in, may_chat
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require


# The repeat of a message is answered before anything is refused: the page asks until it knows that it was said.
@session_action(who=ANYONE, after_end=True)
def say(session: SupportSession, *, text: str, client_id: str, by: Participant) -> ChatMessage:
    """Send a message to the chat. The same `client_id` again is the same message, which is not sent twice.

    Raises SessionHasEnded, NotInSession, NotAdmitted, MessageRefused (empty, too long, or with a null byte).
    """
    said = ChatMessage.objects.filter(participant=by, client_id=client_id).first()
    if said:
        return said
    require(session.is_open, SessionHasEnded)
    require(is_in(by, session), NotInSession)
    require(may_chat(by, session), NotAdmitted)
    message = ChatMessage.objects.create(
        session=session,
        participant=by,
        conversation=session.conversation,
        client_id=client_id,
        text=_checked(text),
    )
    record(session.stream, events.chat_said(message), by=by)
    return message


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    require(text, MessageRefused, message=_("Write a message first."))
    require("\0" not in text, MessageRefused, message=_("The message contains a character that cannot be shown."))
    too_long = _("The message is too long: %(longest)s characters at most.") % {"longest": ChatMessage.LONGEST}
    require(len(text) <= ChatMessage.LONGEST, MessageRefused, message=too_long)
    return text
