"""Invisible characters, which come along when text is copied, above all out of Arabic text."""

import unicodedata

# Kept among the invisible ones (direction marks, zero-width spaces …): these two have a meaning inside a word.
JOINERS = "\u200c\u200d"
# Blank, although their category says letter or symbol.
BLANKS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"


def is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf"


def without_marks(text: str) -> str:
    """`text` without invisible characters, except those that belong inside words."""
    return "".join(one for one in text if one in JOINERS or not is_invisible(one))


def is_seen(text: str) -> bool:
    """Whether `text` has a visible character: spaces, controls and combining marks alone are none."""
    return any(one not in BLANKS and unicodedata.category(one)[0] in "LNPS" for one in text)
