"""A session's record from its first line to its last, read piece by piece and never held as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from html import unescape

from django.utils import timezone
from django.utils.translation import gettext

from sessions_app.models import ChatMessage, Participant, Reaction, SupportSession
from sessions_app.queries.timeline import TimelineRenderer, people_in
from supportcenter.live.log.eventlog import events_of
from supportcenter.live.models import Event
from supportcenter.text.directions import apart, ltr

# Lines read, and events rendered, together: the latter with one query for the people whom they name.
PIECE = 100
# The one tag of a sentence, around what has a direction of its own.
ISOLATED = re.compile(r"<bdi([^>]*)>(.*?)</bdi>")

# Time, name, what happened, line of the chat.
Row = tuple[datetime, str, str, str]


def rows_of(session: SupportSession) -> Iterator[list[str]]:
    """What happened and what was said, in the order of time: [time, name, sentence, line], the last two by turns.

    After a line that its author has changed stands what it said before (E58). A reaction (E66) stands at its own time.
    """
    for at, *words in merge(_events(session), _lines(session), _reactions(session), key=lambda row: row[0]):
        yield [_written(at), *words]


def _lines(session: SupportSession) -> Iterator[Row]:
    lines = ChatMessage.objects.filter(session=session).select_related("participant").order_by("pk")
    for line in lines.prefetch_related("earlier_texts").iterator(chunk_size=PIECE):
        yield line.at, line.author_name, "", line.shown_text
        for earlier in line.earlier_texts.all():
            yield line.at, line.author_name, gettext("What it said before"), earlier.text


def _reactions(session: SupportSession) -> Iterator[Row]:
    """By the time and the author of the line that each is to, for others may stand between."""
    reactions = Reaction.objects.filter(message__session=session).select_related("participant", "message__participant")
    told = gettext("Reacted to the message by %(name)s, %(time)s")
    for one in reactions.order_by("at", "pk").iterator(chunk_size=PIECE):
        line = one.message
        words = told % {"name": apart(line.author_name), "time": ltr(_written(line.at))}
        yield one.at, one.participant.display_name, words, one.sign


def _events(session: SupportSession) -> Iterator[Row]:
    after, events = 0, events_of(session.stream, without=("chat.said", "chat.reacted"))
    while piece := list(events.filter(seq__gt=after)[:PIECE]):
        yield from _told(session, piece)
        after = piece[-1].seq


def _told(session: SupportSession, piece: list[Event]) -> Iterator[Row]:
    people = Participant.objects.filter(session=session).in_bulk(people_in(piece)).values()
    for one in people:
        one.session = session
    renderer = TimelineRenderer(people)
    for event in piece:
        yield event.at, "", _plain(renderer.line(event).sentence), ""


def _written(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


def _plain(sentence: str) -> str:
    """The sentence without markup; what it isolates keeps its direction in the file (E55)."""
    return unescape(ISOLATED.sub(lambda found: (ltr if "ltr" in found[1] else apart)(found[2]), sentence))
