"""What is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions_app.events.facts import file_facts, line_facts
from supportcenter.live.log.eventlog import Draft

if TYPE_CHECKING:
    from sessions_app.models import ChatMessage, Participant, SupportSession


def chat_edited(message: ChatMessage) -> Draft:
    """The line says something else now, and so do the events that told of it before."""
    return Draft("chat.edited", {**line_facts(message), "text": message.text})


def chat_deleted(message: ChatMessage) -> Draft:
    return Draft("chat.deleted", line_facts(message))


def chat_reacted(message: ChatMessage, participant: Participant, sign: str, *, on: bool) -> Draft:
    """Whose reaction it is, not whose line; whether it is there now, so that hearing of it twice does no harm."""
    return Draft("chat.reacted", {"message": message.pk, "participant": participant.pk, "reaction": sign, "on": on})


def chat_said(message: ChatMessage) -> Draft:
    file = {"file": file_facts(message.file)} if message.file else {}
    return Draft(
        "chat.said",
        {
            **line_facts(message),
            "text": message.text,
            "client_id": message.client_id,
            "conversation": message.conversation,
            **file,
        },
    )


def chat_closed(session: SupportSession) -> Draft:
    """E14: a transfer closes the conversation and opens a new one for those present."""
    return Draft("chat.closed", {"conversation": session.conversation})
