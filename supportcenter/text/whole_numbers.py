"""Whole numbers as forms and addresses bring them."""

# As many digits as a database's numbers have for certain.
MOST_DIGITS = 18


def whole_number(text: str) -> int:
    """The number that the text is, in digits of any script; 0, which is the key of no row, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0
