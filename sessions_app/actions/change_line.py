"""Edit and delete a line of the chat, shortly after it was said. What it said before stays on record, for staff."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sessions_app import events
from sessions_app.actions.chat import checked
from sessions_app.actions.locking import PRESENT, gate, session_action
from sessions_app.actions.writing_pace import limit_pace
from sessions_app.errors import ConversationFull, LineIsFixed, NotAdmitted, NotYours
from sessions_app.models import ChatMessage, EarlierText, Participant, SupportSession
from sessions_app.rules import chat_pace
from sessions_app.rules.permissions import may_change_line, may_chat
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import Draft, record
from supportcenter.live.log.forgetting import replace_words
from supportcenter.refusals import require

# Of one line.
MOST_EDITS = 10
READ_BY_FEWER = _("Someone has joined since you wrote this, so it can no longer be edited. You can delete it.")


@session_action(who=PRESENT + gate(may_chat, NotAdmitted))
def edit_line(session: SupportSession, line: ChatMessage, *, text: str, by: Participant) -> ChatMessage:
    """Replace the text of one's own line. The same text again changes nothing.

    The event carries the text to everyone who is there. So there is none once a customer has come who does not read the
    line (E48).

    Raises SessionHasEnded, NotInSession, NotAdmitted, NotYours, MessageRefused, LineIsFixed, WritingTooFast,
    ConversationFull.
    """
    line = _own(session, line, by)
    text = checked(text)
    if text == line.text:
        return line
    policy = SitePolicy.current()
    require(_is_fresh(session, line, policy) and not line.is_deleted, LineIsFixed)
    require(line.earlier_texts.count() < MOST_EDITS, LineIsFixed)
    require(not session.participants.without_line(line.pk).exists(), LineIsFixed, message=READ_BY_FEWER)
    limit_pace(by, len(text), policy)
    _put_on_record(line)
    line.mark_edited(text)
    _replace_in_log(session, line)
    _tell(session, events.chat_edited(line), by)
    return line


@session_action(who=PRESENT + gate(may_chat, NotAdmitted))
def delete_line(session: SupportSession, line: ChatMessage, *, by: Participant) -> ChatMessage:
    """Take back one's own line: a note stands in its place. Deleting it twice changes nothing.

    Raises SessionHasEnded, NotInSession, NotAdmitted, NotYours, LineIsFixed, ConversationFull.
    """
    line = _own(session, line, by)
    if line.is_deleted:
        return line
    require(_is_fresh(session, line, SitePolicy.current()), LineIsFixed)
    _put_on_record(line)
    line.mark_deleted()
    line.reactions.all().delete()
    _replace_in_log(session, line)
    _tell(session, events.chat_deleted(line), by)
    return line


def _own(session: SupportSession, line: ChatMessage, by: Participant) -> ChatMessage:
    """The line, read again with the session locked."""
    line = session.chat_messages.get(pk=line.pk)
    require(line.participant_id == by.pk, NotYours, message=_("Only its author can change a message."))
    return line


def _is_fresh(session: SupportSession, line: ChatMessage, policy: SitePolicy) -> bool:
    return may_change_line(line, session, now=clock.now(), policy=policy)


def _put_on_record(line: ChatMessage) -> None:
    EarlierText.objects.create(message=line, text=line.text)


def _replace_in_log(session: SupportSession, line: ChatMessage) -> None:
    """A page that was offline, and is told now what it missed, learns nothing of what was taken back."""
    # It was said once, and edited each other time that left an earlier text.
    replace_words(
        session.stream,
        ("chat.said", "chat.edited"),
        about={"message": line.pk},
        latest=line.earlier_texts.count(),
        text=line.text,
    )


def _tell(session: SupportSession, event: Draft, by: Participant) -> None:
    recorded = record(session.stream, event, by=by)
    require(recorded.seq <= chat_pace.EVENTS, ConversationFull)
