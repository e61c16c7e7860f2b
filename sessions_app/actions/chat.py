from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, cast

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from sessions_app import events
from sessions_app.actions.canned_replies import count_use
from sessions_app.actions.locking import ANYONE, participants, session_action
from sessions_app.actions.writing_pace import limit_pace, lines_per_minute
from sessions_app.errors import (
    ConversationFull,
    MessageRefused,
    NotAdmitted,
    NotInSession,
    SessionHasEnded,
)
from sessions_app.models import ChatMessage, Participant, SupportSession
from sessions_app.models.chat_message import IS_WRITTEN
from sessions_app.rules import chat_pace
from sessions_app.rules.permissions import is_in, may_chat
from sessions_app.rules.streams import STREAM_OF_PARTICIPANT
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.kept_sql import insert, kept_rows
from supportcenter.live.log.eventlog import numbers_of, record, seen_with
from supportcenter.refusals import require


class Written(TypedDict):
    """What a line needs to know beside who writes it, read together with them."""

    said_already: int | None
    line_before_burst_at: datetime | None
    lines_per_minute: int | None
    stream_numbers: dict[str, int] | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Writer = WithAnnotations[Participant, Written]


@kept_rows
def _with_what_they_said(*, me: int, client_id: str) -> QuerySet[Participant]:
    """One statement instead of four, half of whose cost was making them: a line is what the site does most often."""
    mine = ChatMessage.objects.filter(participant=OuterRef("pk"))
    lines = mine.filter(IS_WRITTEN).order_by("-pk")
    return participants(me).annotate(
        said_already=Subquery(mine.filter(client_id=client_id).values("pk")[:1]),
        line_before_burst_at=Subquery(lines.values("at")[chat_pace.BURST - 1 : chat_pace.BURST]),
        lines_per_minute=Subquery(SitePolicy.objects.values("lines_per_minute")[:1]),
        stream_numbers=numbers_of(STREAM_OF_PARTICIPANT),
    )


# The repeat of a message is answered before anything is refused: the page asks until it knows that it was said.
@session_action(who=ANYONE, after_end=True, reading=_with_what_they_said)
def say(session: SupportSession, *, text: str, client_id: str, by: Participant, reply: str = "") -> ChatMessage:
    """Send a message to the chat. The same `client_id` again is the same message, which is not sent twice.

    `reply` is the canned reply that it was made of, if any: it counts as used once more.

    Raises SessionHasEnded, NotInSession, NotAdmitted, MessageRefused (empty, too long, or with a null byte),
    WritingTooFast, ConversationFull.
    """
    writer = cast("Writer", by)
    if writer.said_already:
        return ChatMessage.objects.get(pk=writer.said_already)
    require(session.is_open, SessionHasEnded)
    require(is_in(by, session), NotInSession)
    require(may_chat(by, session), NotAdmitted)
    text = checked(text)
    _limit_pace(writer, len(text))
    said = ChatMessage(
        session=session, participant=by, conversation=session.conversation, client_id=client_id, text=text
    )
    message = insert(said)
    seen = seen_with(writer.stream_numbers, session.stream)
    said_as = record(session.stream, events.chat_said(message), by=by, seen=seen)
    require(said_as.seq <= chat_pace.EVENTS, ConversationFull)
    if reply:
        count_use(session, reply, by=by)
    return message


def _limit_pace(by: Writer, length: int) -> None:
    """Edits count too, once so many lines were said in a minute that anything is counted."""
    allowed = by.lines_per_minute or SitePolicy.current().lines_per_minute
    most = lines_per_minute(by, allowed)
    if not chat_pace.is_slow(by.line_before_burst_at, now=clock.now(), per_minute=most):
        limit_pace(by, length, SitePolicy.current())


def checked(text: str) -> str:
    """The text as it is kept. Raises MessageRefused."""
    text = text.replace("\r\n", "\n").strip()
    require(text, MessageRefused, message=_("Write a message first."))
    require("\0" not in text, MessageRefused, message=_("The message contains a character that cannot be shown."))
    too_long = _("The message is too long: %(longest)s characters at most.") % {"longest": ChatMessage.LONGEST}
    require(len(text) <= ChatMessage.LONGEST, MessageRefused, message=too_long)
    return text
