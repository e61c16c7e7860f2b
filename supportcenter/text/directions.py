"""Isolates text of another direction where there is no markup for it: a title, a subject, a line of plain text.

In HTML `<bdi>` does that. CSV cells and file names go without: each holds one plain thing (nine digits, an ISO time),
and an invisible mark would keep a spreadsheet from reading the number and people from typing the name.
"""

import unicodedata

from django.utils.translation import get_language_bidi

LEFT_TO_RIGHT, AS_IT_BEGINS, END = "\u2066", "\u2068", "\u2069"
RIGHT_TO_LEFT_LETTERS = {"R", "AL", "AN"}
OTHERS = {"L", "EN"}


def ltr(text: object) -> str:
    """A number, an address or a time, isolated left to right; unchanged where the language is left to right too."""
    return f"{LEFT_TO_RIGHT}{text}{END}" if get_language_bidi() else str(text)


def apart(text: object) -> str:
    """A name, isolated in its own direction; unchanged if nothing in it runs against the language."""
    against = OTHERS if get_language_bidi() else RIGHT_TO_LEFT_LETTERS
    isolates = any(unicodedata.bidirectional(one) in against for one in str(text))
    return f"{AS_IT_BEGINS}{text}{END}" if isolates else str(text)
