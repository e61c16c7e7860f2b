"""Session numbers: nine digits, shown in threes, typed in any digits people have (E37)."""

import secrets
import unicodedata

LENGTH = 9
# What stands for a dash and is none by its category: minus signs, a drawn line, a long vowel.
DASHES = "\u2212\u207b\u208b\u2796\u2500\u02d7\u30fc"


def draw_number():
    """Nine digits from a CSPRNG. The first is never 0, so that no program drops it."""
    return str(secrets.randbelow(9 * 10 ** (LENGTH - 1)) + 10 ** (LENGTH - 1))


def in_threes(number):
    return " ".join(number[start : start + 3] for start in range(0, LENGTH, 3))


def normalise(typed):
    """The nine digits meant by what somebody typed, or None.

    Spaces, dashes, punctuation, marks that nobody sees and the digits of any script (Arabic-Indic ٠–٩, Persian ۰–۹) are
    taken, as a number has them where it is copied. static/js/core/session_number.js reads alike.
    """
    digits = digits_in(typed)
    return digits if digits and len(digits) == LENGTH else None


def digits_in(typed):
    """The digits typed, as `normalise` reads them, or None if there is anything else: a part of a number, perhaps."""
    kept = [character for character in typed if not _is_separator(character)]
    if not kept or not all(character.isdecimal() for character in kept):
        return None
    return "".join(str(unicodedata.decimal(character)) for character in kept)


def _is_separator(character):
    return character.isspace() or character in DASHES or unicodedata.category(character)[0] in "PC"
