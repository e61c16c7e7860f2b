"""Session numbers: nine digits, shown in threes, typed in any digits people have (E37)."""

import secrets
import unicodedata

LENGTH = 9


def draw_number():
    """Nine digits from a CSPRNG. The first is never 0, so that no program drops it."""
    return str(secrets.randbelow(9 * 10 ** (LENGTH - 1)) + 10 ** (LENGTH - 1))


def in_threes(number):
    return " ".join(number[start : start + 3] for start in range(0, LENGTH, 3))


def normalise(typed):
    """The nine digits meant by what somebody typed, or None.

    Spaces, dashes, invisible direction marks and the digits of any script (Arabic-Indic ٠–٩, Persian ۰–۹) are taken.
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
    return character.isspace() or unicodedata.category(character) in {"Pd", "Cf"}
