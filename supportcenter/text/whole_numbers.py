"""Whole numbers as forms, addresses and headers bring them. Nothing else makes a number of what comes from outside."""

# As many digits as a database's numbers have for certain.
MOST_DIGITS = 18
LARGEST = 10**MOST_DIGITS - 1


def whole_number(text: str) -> int:
    """The number that the text is, in digits of any script; 0, which is the key of no row, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0


def count_in(text: str) -> int | None:
    """The count of bytes that the text is, in the digits 0 to 9 that protocols have; None for anything else.

    More than any file has is `LARGEST`, however many digits it has: to a range, the end is the end.
    """
    if not (text.isascii() and text.isdecimal()):
        return None
    digits = text.lstrip("0") or "0"
    return int(digits) if len(digits) <= MOST_DIGITS else LARGEST
