"""Session numbers: nine digits, shown in groups of three, typed in the digits of any script (E37)."""

import secrets
import unicodedata

LENGTH = 9
# Used as dashes, although their category is another: minus signs, a box-drawing line, a long vowel mark.
DASHES = "\u2212\u207b\u208b\u2796\u2500\u02d7\u30fc"


def draw_number() -> str:
    """Nine digits from a CSPRNG. The first is never 0, so that no program drops it."""
    return str(secrets.randbelow(9 * 10 ** (LENGTH - 1)) + 10 ** (LENGTH - 1))


def in_threes(number: str) -> str:
    return " ".join(number[start : start + 3] for start in range(0, LENGTH, 3))


def normalise(typed: str) -> str | None:
    """The nine digits in what was typed, or None.

    Spaces, dashes, punctuation and invisible characters are ignored, and digits of any script (Arabic-Indic ٠–٩,
    Persian ۰–۹) are accepted. static/js/core/session_number.js does the same.
    """
    digits = digits_in(typed)
    return digits if digits and len(digits) == LENGTH else None


def digits_in(typed: str) -> str | None:
    """The digits typed, as `normalise` reads them, however many; None if there are none, or anything else as well."""
    kept = [character for character in typed if not _is_separator(character)]
    if not kept or not all(character.isdecimal() for character in kept):
        return None
    return "".join(str(unicodedata.decimal(character)) for character in kept)


def _is_separator(character: str) -> bool:
    return character.isspace() or character in DASHES or unicodedata.category(character)[0] in "PC"
