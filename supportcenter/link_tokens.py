"""Names and seals for links: letters and digits alone, because mail programs break or drop everything else."""

import secrets
import string

from supportcenter.site_keys import sealed_by, secret_keys

LETTERS_AND_DIGITS = string.digits + string.ascii_letters
# Digits of base 62 that hold 131 bits, and those that hold a whole SHA-256.
LENGTH = 22
WHOLE = 43


def new_name(length: int = LENGTH) -> str:
    return "".join(secrets.choice(LETTERS_AND_DIGITS) for _digit in range(length))


def seal(salt: str, text: str) -> str:
    """What only this site can make of `text`: 256 bits, made again whenever they are needed."""
    return seals(salt, text)[0]


def seals(salt: str, text: str) -> list[str]:
    """The seal, then those that the site made with former secret keys."""
    return [_in_letters(sealed_by(secret, salt, text)) for secret in secret_keys()]


def _in_letters(sealed: bytes) -> str:
    number = int.from_bytes(sealed, "big")
    digits = []
    for _digit in range(WHOLE):
        number, digit = divmod(number, 62)
        digits.append(LETTERS_AND_DIGITS[digit])
    return "".join(digits)
