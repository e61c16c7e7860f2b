"""What a customer could read of the chat, to keep (E67): on the page, as a file and by email.

It begins with the first line that the customer read (E48) and ends when they left. Lines are as they are now (E58).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, pgettext

from sessions_app.models import ChatMessage, Participant, SupportSession
from sessions_app.models.chat_message import ChatMessageQuerySet
from sessions_app.queries.receipt_lines import first_day, moment
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.text.directions import apart, ltr
from supportcenter.text.invisible import without_controls

# Lines on the page after a session; the file has all of them.
LINES_SHOWN = 100
# Lines that are read at a time.
PIECE = 100
# What a line of the chat says stands in from its head, so that no text can pass for another line.
INDENT = "    "


@dataclass(frozen=True)
class Conversation:
    """The latest lines, oldest first; `is_cut` if there are earlier ones."""

    lines: Sequence[ChatMessage]
    is_cut: bool
    # The site keeps chats for a shorter time than receipts (E44).
    is_deleted: bool


def lines_of(me: Participant) -> ChatMessageQuerySet:
    """What this customer could read, the earliest first."""
    lines = ChatMessage.objects.filter(session=me.session_id).read_by(me)
    lines = lines.filter(at__lte=me.left_at) if me.left_at else lines
    return lines.select_related("participant", "file").order_by("pk")


def conversation_of(me: Participant, *, most: int = LINES_SHOWN) -> Conversation:
    """In one query."""
    latest = list(lines_of(me).order_by("-pk")[: most + 1])
    return Conversation(latest[:most][::-1], len(latest) > most, not latest and chat_is_past(me.session))


def chat_is_past(session: SupportSession) -> bool:
    """Whether the session's chat has been deleted, or will be within the hour."""
    days = SitePolicy.current().chat_days
    return bool(days and session.ended_at and session.ended_at < clock.now() - timedelta(days=days))


def whole_text(me: Participant) -> Iterator[str]:
    """All of it as plain text, read piece by piece."""
    lines, after, conversation = lines_of(me), 0, 0
    while piece := list(lines.filter(pk__gt=after)[:PIECE]):
        yield text_of(piece, first_day(me), conversation)
        after, conversation = piece[-1].pk, piece[-1].conversation
    if not after:
        yield f"{what_there_is_not(me.session)}\n"


def latest_text(me: Participant, most_bytes: int) -> tuple[str, bool]:
    """As much of its end as fits, and whether anything was left out."""
    chosen: list[ChatMessage] = []
    day, size, before = first_day(me), 0, None
    latest = lines_of(me).order_by("-pk")
    while piece := list(latest.filter(pk__lt=before)[:PIECE] if before else latest[:PIECE]):
        for line in piece:
            size += len(_block(line, day).encode())
            if size > most_bytes:
                return text_of(chosen[::-1], day), True
            chosen.append(line)
        before = piece[-1].pk
    return text_of(chosen[::-1], day), False


def what_there_is_not(session: SupportSession) -> str:
    """Lines may have been deleted with a customer who was erased, so it is not said that there were none."""
    if chat_is_past(session):
        return gettext("The conversation has been deleted.")
    return gettext("There is no conversation to show.")


def text_of(lines: Iterable[ChatMessage], day: date, conversation: int = 0) -> str:
    """Lines as plain text, with a mark where a `conversation` was closed (E14); 0 before the first line of all."""
    blocks = []
    for line in lines:
        if conversation and line.conversation != conversation:
            blocks.append(f"{gettext('This conversation was closed when control was transferred.')}\n\n")
        conversation = line.conversation
        blocks.append(_block(line, day))
    return "".join(blocks)


def _block(line: ChatMessage, day: date) -> str:
    """Who and when, and under it what was said, with each of its lines set in."""
    who = apart(without_controls(" ".join(line.author_name.split())))
    head = pgettext("a line of the conversation", "%(name)s, %(time)s") % {"name": who, "time": moment(line.at, day)}
    if line.edited_at and not line.is_deleted:
        head = f"{head} · {gettext('edited')}"
    said = (without_controls(part.expandtabs(4)) for part in _words(line).splitlines())
    return "\n".join([head, *(f"{INDENT}{part}" for part in said)]) + "\n\n"


def _words(line: ChatMessage) -> str:
    if line.file is None:
        return line.shown_text
    facts = {"name": apart(" ".join(line.file.name.split())), "size": ltr(filesizeformat(line.file.size))}
    return gettext("File: %(name)s, %(size)s") % facts
