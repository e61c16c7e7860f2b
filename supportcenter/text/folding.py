"""Text folded for comparing: two ways of writing the same word come out the same, in both languages."""

import unicodedata

from supportcenter.text.invisible import is_invisible

# What Arabic writers set for one another, beyond what decomposition takes apart (أ إ آ are alef and a mark).
ALIKE = str.maketrans({"ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ہ": "ه", "ە": "ه", "ـ": None})
# Combining classes up to here are signs of a script of their own (a virama, a nukta) and change the word.
SIGNS = 9


def fold(text):
    """`text` without case, vowel marks, accents, tatweel and invisible marks, its digits 0-9, single spaces."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(ALIKE)
    return " ".join("".join(_folded(one) for one in plain).split())


def _folded(character):
    if is_invisible(character) or unicodedata.combining(character) > SIGNS:
        return ""
    return str(unicodedata.decimal(character, character))
