"""What the index of words needs beside its triggers: words of lines from before there was one, and an end of old parts.

The lines are gone through from the latest backwards, so those that are looked for most are found first.
"""

from django.db import transaction

from sessions_app.models import ChatMessage
from sessions_app.models.index_parts import merge_parts
from supportcenter.text.wording import words_of

# Lines that are written in one transaction, in some ten milliseconds, and how often one run does so.
PIECE, PIECES = 200, 100


def store_words(below: int | None = None) -> int | None:
    """Store the words of lines with keys below this one; returns the key below which there may be more, if any."""
    for _ in range(PIECES):
        lines = ChatMessage.objects.filter(words=None).order_by("-pk").only("pk", "text")
        piece = list((lines.filter(pk__lt=below) if below else lines)[:PIECE])
        _store(piece)
        if len(piece) < PIECE:
            return None
        below = piece[-1].pk
    return below


def merge_indexes() -> None:
    """After this, nothing that was deleted lies in the indexes."""
    merge_parts()


@transaction.atomic
def _store(lines: list[ChatMessage]) -> None:
    """Only where they still are null: a line that was deleted meanwhile stays so."""
    for line in lines:
        ChatMessage.objects.filter(pk=line.pk, words=None).update(words=words_of(line.text))
