"""Addresses as people type them, and as mail servers take them."""

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

# RFC 5321: of the name, and of the whole.
LONGEST_NAME, LONGEST = 64, 254
_is_address = EmailValidator()


def normalise(address):
    """`address` trimmed, its domain readable and in small letters; ValidationError for what takes no message.

    Quoted names (`"a b"@…`) are refused: hardly anybody has one, and they may hold control characters.
    """
    user, _, domain = address.strip().rpartition("@")
    _is_address(f"{user}@{domain}")
    ascii_form = to_ascii(f"{user}@{domain}")
    if '"' in user or len(user) > LONGEST_NAME or len(ascii_form) > LONGEST:
        raise _refusal()
    return f"{user}@{_readable(ascii_form.rpartition('@')[2])}"


def to_ascii(address):
    """The form that every mail server takes: an international domain as `xn--…` (E39)."""
    user, _, domain = address.rpartition("@")
    try:
        return f"{user}@{idna.encode(domain, uts46=True).decode()}"
    except idna.IDNAError as error:
        raise _refusal() from error


def _readable(domain):
    """Browsers have turned an international domain into `xn--…` before we get to see it."""
    try:
        return idna.decode(domain)
    except idna.IDNAError as error:
        raise _refusal() from error


def _refusal():
    return ValidationError(_is_address.message, code=_is_address.code)
