"""Invisible characters, which come along when text is copied, above all out of Arabic text."""

import unicodedata

# Kept among the invisible ones (direction marks, zero-width spaces …): these two have a meaning inside a word.
JOINERS = "\u200c\u200d"
# Blank, although their category says letter or symbol.
BLANKS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
# Marks that only choose between pictures of the character before them, or do nothing at all.
SELECTORS = "\u034f\u180b\u180c\u180d\u180f" + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
# What turns letters around, against the direction they have. No name needs them; file names are faked with them.
OVERRIDES = "\u202d\u202e"


def is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf"


def draws_nothing(character: str) -> bool:
    """Whether two texts that differ by this character alone look the same."""
    return is_invisible(character) or character in BLANKS or character in SELECTORS


def without_marks(text: str) -> str:
    """`text` without invisible characters, except those that belong inside words."""
    return "".join(one for one in text if one in JOINERS or not is_invisible(one))


def without_controls(text: str) -> str:
    return "".join(one for one in text if unicodedata.category(one) != "Cc")


def is_seen(text: str) -> bool:
    """Whether `text` has a visible character: spaces, controls and combining marks alone are none."""
    return any(one not in BLANKS and unicodedata.category(one)[0] in "LNPS" for one in text)
