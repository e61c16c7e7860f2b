"""What has a direction of its own, set apart where no markup can do it: a title, a subject, a line of text.

In HTML a `<bdi>` does. Cells of a CSV and names of files go without: they hold one plain thing each (nine digits, an
ISO time), and a mark that nobody sees would keep spreadsheets from reading a number and people from typing a name.
"""

import unicodedata

from django.utils.translation import get_language_bidi

LEFT_TO_RIGHT, AS_IT_BEGINS, END = "\u2066", "\u2068", "\u2069"
RIGHT_TO_LEFT_LETTERS = {"R", "AL", "AN"}
OTHERS = {"L", "EN"}


def ltr(text):
    """A number, an address or a time, which run from left to right in every language; bare where all text does."""
    return f"{LEFT_TO_RIGHT}{text}{END}" if get_language_bidi() else str(text)


def apart(text):
    """A name in its own direction; bare if nothing in it runs against the language."""
    against = OTHERS if get_language_bidi() else RIGHT_TO_LEFT_LETTERS
    isolates = any(unicodedata.bidirectional(one) in against for one in str(text))
    return f"{AS_IT_BEGINS}{text}{END}" if isolates else str(text)
