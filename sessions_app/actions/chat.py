from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from sessions_app import events
from sessions_app.actions.locking import ANYONE, session_action
from sessions_app.errors import (
    ConversationFull,
    MessageRefused,
    NotAdmitted,
    NotInSession,
    SessionHasEnded,
    WritingTooFast,
)
from sessions_app.models import ChatMessage, Participant, SupportSession
from sessions_app.rules import chat_pace
from sessions_app.rules.permissions import is_in, may_chat
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require


# The repeat of a message is answered before anything is refused: the page asks until it knows that it was said.
@session_action(who=ANYONE, after_end=True)
def say(session: SupportSession, *, text: str, client_id: str, by: Participant) -> ChatMessage:
    """Send a message to the chat. The same `client_id` again is the same message, which is not sent twice.

    Raises SessionHasEnded, NotInSession, NotAdmitted, MessageRefused (empty, too long, or with a null byte),
    WritingTooFast, ConversationFull.
    """
    said = ChatMessage.objects.filter(participant=by, client_id=client_id).first()
    if said:
        return said
    require(session.is_open, SessionHasEnded)
    require(is_in(by, session), NotInSession)
    require(may_chat(by, session), NotAdmitted)
    text = _checked(text)
    _limit_pace(by, len(text))
    message = ChatMessage.objects.create(
        session=session,
        participant=by,
        conversation=session.conversation,
        client_id=client_id,
        text=text,
    )
    said_as = record(session.stream, events.chat_said(message), by=by)
    require(said_as.seq <= chat_pace.EVENTS, ConversationFull)
    return message


def _limit_pace(by: Participant, length: int) -> None:
    policy = SitePolicy.current()
    most = policy.lines_per_minute * (1 if by.is_customer else chat_pace.STAFF_FACTOR)
    mine = ChatMessage.objects.filter(participant=by, file=None).order_by("-pk")
    latest = list(mine.values_list("at", Length("text"))[: max(most, chat_pace.BURST)])
    wait = chat_pace.seconds_to_wait(latest, length=length, now=clock.now(), per_minute=most)
    require(not wait, WritingTooFast, retry_after=wait)


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    require(text, MessageRefused, message=_("Write a message first."))
    require("\0" not in text, MessageRefused, message=_("The message contains a character that cannot be shown."))
    too_long = _("The message is too long: %(longest)s characters at most.") % {"longest": ChatMessage.LONGEST}
    require(len(text) <= ChatMessage.LONGEST, MessageRefused, message=too_long)
    return text
