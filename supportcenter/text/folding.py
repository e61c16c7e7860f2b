"""Text folded for comparison: spellings of the same word come out the same, in Arabic and in English."""

import unicodedata
from functools import lru_cache

from supportcenter.text.invisible import draws_nothing

# Letters that Arabic writers use for one another, beyond those that decomposition handles (أ إ آ are alef and a mark).
ALIKE = str.maketrans({"ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ہ": "ه", "ە": "ه", "ـ": None})
# Combining classes up to here are signs of a script of their own (a virama, a nukta) and change the word.
SIGNS = 9


def fold(text: str) -> str:
    """`text` without case, vowel marks, accents, tatweel and invisible characters, with digits 0-9, single spaces."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(ALIKE)
    return " ".join("".join(_folded(one) for one in plain).split())


# Each line of chat is folded, and of few letters: thrice as fast.
@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if draws_nothing(character) or unicodedata.combining(character) > SIGNS:
        return ""
    return str(unicodedata.decimal(character, character))
