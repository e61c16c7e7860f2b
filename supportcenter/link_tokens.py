"""Names and seals for links: letters and digits alone, because mail programs break or drop everything else."""

import secrets
import string

from django.utils.crypto import salted_hmac

LETTERS_AND_DIGITS = string.digits + string.ascii_letters
# Digits of base 62 that hold 131 bits, and those that hold a whole SHA-256.
LENGTH = 22
WHOLE = 43


def new_name(length: int = LENGTH) -> str:
    return "".join(secrets.choice(LETTERS_AND_DIGITS) for _digit in range(length))


def seal(salt: str, text: str) -> str:
    """What only this site can make of `text`: 256 bits, made again whenever they are needed."""
    number = int.from_bytes(salted_hmac(salt, text, algorithm="sha256").digest(), "big")
    digits = []
    for _digit in range(WHOLE):
        number, digit = divmod(number, 62)
        digits.append(LETTERS_AND_DIGITS[digit])
    return "".join(digits)
