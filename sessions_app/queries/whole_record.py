"""A session's record from its first line to its last, read piece by piece and never held as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from html import unescape

from django.db.models import Prefetch
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

    After a line stand the reactions to it (E66), or if its author has changed it, what it said before (E58).
    """
    for at, *words in merge(_events(session), _lines(session), key=lambda row: row[0]):
        yield [timezone.localtime(at).isoformat(timespec="seconds"), *words]


def _lines(session: SupportSession) -> Iterator[Row]:
    lines = ChatMessage.objects.filter(session=session).select_related("participant").order_by("pk")
    reactions = Prefetch("reactions", Reaction.objects.select_related("participant").order_by("pk"))
    for line in lines.prefetch_related("earlier_texts", reactions).iterator(chunk_size=PIECE):
        yield line.at, line.author_name, "", line.shown_text
        for reaction in line.reactions.all():
            yield line.at, reaction.participant.display_name, gettext("Reacted"), reaction.sign
        for earlier in line.earlier_texts.all():
            yield line.at, line.author_name, gettext("What it said before"), earlier.text


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


def _plain(sentence: str) -> str:
    """The sentence without markup; what it isolates keeps its direction in the file (E55)."""
    return unescape(ISOLATED.sub(lambda found: (ltr if "ltr" in found[1] else apart)(found[2]), sentence))
