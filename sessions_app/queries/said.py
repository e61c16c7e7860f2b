"""Lines of the chat that a search for words has found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from sessions_app.models import ChatMessage
from sessions_app.models.word_index import saying
from supportcenter.text.wording import Part, excerpt

# Of each session.
LINES_SHOWN = 2


@dataclass(frozen=True)
class FoundLine:
    """A line with the words that were searched for, and what is shown of its text."""

    line: ChatMessage
    parts: list[Part]


def lines_saying(terms: list[str], sessions: Collection[int]) -> dict[int, list[FoundLine]]:
    """The first two lines of each of these sessions in which the terms are, by the session's key."""
    lines = ChatMessage.objects.filter(saying(terms), session__in=sessions).select_related("participant")
    place = Window(RowNumber(), partition_by=F("session"), order_by="pk")
    found = defaultdict(list)
    for line in lines.annotate(place=place).filter(place__lte=LINES_SHOWN).order_by("pk"):
        found[line.session_id].append(FoundLine(line, excerpt(line.text, terms)))
    return found
