"""React to a line of the chat by a sign, and take it back (E66)."""

from django.utils.translation import gettext_lazy as _
from limits import RateLimitItemPerMinute

from sessions_app import events
from sessions_app.actions.locking import PRESENT, gate, session_action
from sessions_app.errors import ConversationFull, LineTakesNoReaction, NoSuchReaction, NotAdmitted, TooFast
from sessions_app.models import ChatMessage, Participant, Reaction, SupportSession
from sessions_app.rules import chat_pace
from sessions_app.rules.permissions import may_chat
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require
from supportcenter.refusals.found import found

# E50, of one person in one session, given and taken back together.
PACE = RateLimitItemPerMinute(30, namespace="reactions")
READ_BY_FEWER = _("Someone has joined since this was written, so its reactions stay as they are.")


@session_action(who=PRESENT + gate(may_chat, NotAdmitted))
def react(session: SupportSession, line: ChatMessage, *, sign: str, on: bool, by: Participant) -> ChatMessage:
    """Put a sign of the one who acts under the line, or take it away. What is so already changes nothing.

    The event tells everyone who is there. So there is none once a customer has come who does not read the line (E48).

    Raises SessionHasEnded, NotInSession, NotAdmitted, NoSuchReaction, LineTakesNoReaction, TooFast, ConversationFull.
    """
    require(sign in Reaction.Sign.values, NoSuchReaction)
    line = found(session.chat_messages.read_by(by).filter(pk=line.pk).first(), LineTakesNoReaction)
    require(not line.is_deleted, LineTakesNoReaction)
    given = line.reactions.filter(participant=by, sign=sign)
    if given.exists() == on:
        return line
    require(not session.participants.without_line(line.pk).exists(), LineTakesNoReaction, message=READ_BY_FEWER)
    require(rate_limiter().hit(PACE, str(by.pk)), TooFast, retry_after=60)
    if on:
        Reaction.objects.create(message=line, participant=by, sign=sign)
    else:
        given.delete()
    recorded = record(session.stream, events.chat_reacted(line, by, sign, on=on), by=by)
    require(recorded.seq <= chat_pace.EVENTS, ConversationFull)
    return line
