"""Marks that nobody sees: they come along when something is copied, above all out of Arabic text."""

import unicodedata

# Directions, zero-width spaces and the like. The two joiners have a meaning inside a word, and stay there.
JOINERS = "\u200c\u200d"
# Letters and signs by their category, of which nothing is seen all the same.
BLANKS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"


def is_invisible(character):
    return unicodedata.category(character) == "Cf"


def without_marks(text):
    """`text` without the marks that belong to no word of any language."""
    return "".join(one for one in text if one in JOINERS or not is_invisible(one))


def is_seen(text):
    """Whether anything of `text` can be seen: no spaces, marks and controls alone, and no mark without its letter."""
    return any(one not in BLANKS and unicodedata.category(one)[0] in "LNPS" for one in text)
