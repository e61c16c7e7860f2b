"""Marks that nobody sees: they come along when something is copied, above all out of Arabic text."""

import unicodedata

# Directions, zero-width spaces and the like. The two joiners have a meaning inside a word, and stay there.
JOINERS = "\u200c\u200d"


def is_invisible(character):
    return unicodedata.category(character) == "Cf"


def without_marks(text):
    """`text` without the marks that belong to no word of any language."""
    return "".join(one for one in text if one in JOINERS or not is_invisible(one))
