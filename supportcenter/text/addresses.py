"""Email addresses as people type and paste them, and as mail servers accept them."""

import re
import unicodedata
from email.utils import parseaddr
from urllib.parse import unquote

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from supportcenter.text.invisible import without_marks

# Characters (RFC 5321) of the name and of the whole. What is pasted around it may be as long again.
LONGEST_NAME, LONGEST = 64, 254
LONGEST_TYPED = 2 * LONGEST
# Carol <carol@example.org>
_IN_BRACKETS = re.compile(r"[^<>]*<([^<>]*)>[^<>]*")
# Punctuation that may begin or end the name before the @.
_BEGINS_A_NAME = "!#$%&*+-/=?^_`{|}~"
_is_address = EmailValidator()


def normalise(typed: str) -> str:
    """The address in what was typed, its domain readable and in lower case.

    Invisible characters, punctuation around it, `mailto:` and a name with the address in angle brackets are accepted.
    Raises ValidationError for what no message can be sent to. Quoted names (`"a b"@…`) are refused: they are rare, and
    can hold control characters.
    """
    if len(typed) > LONGEST_TYPED:
        raise _refusal()
    user, _, domain = _bare(typed).rpartition("@")
    _is_address(f"{user}@{domain}")
    ascii_form = to_ascii(f"{user}@{domain}")
    if '"' in user or len(user) > LONGEST_NAME or len(ascii_form) > LONGEST:
        raise _refusal()
    return f"{user}@{_readable(ascii_form.rpartition('@')[2])}"


def to_ascii(address: str) -> str:
    """The form that every mail server accepts, an international domain as `xn--…` (E39). Raises ValidationError.

    Every header with an address needs it. The mail library would convert by the older standard, which turns faß.example
    into fass.example and drops joiners: another domain, which may belong to somebody else.
    """
    user, _, domain = address.rpartition("@")
    try:
        return f"{user}@{idna.encode(domain, uts46=True).decode()}"
    except idna.IDNAError as error:
        raise _refusal() from error


def deliverable(address: str) -> str:
    """`address` for a header; empty if no message can be sent to it, since an account may have any text there."""
    try:
        return to_ascii(normalise(address))
    except ValidationError:
        return ""


def ascii_mailbox(mailbox: str) -> str:
    """A setting's address, with or without a name, for a header."""
    address = parseaddr(mailbox)[1]
    return mailbox if address.isascii() else mailbox.replace(address, to_ascii(address))


def _bare(typed: str) -> str:
    """The address without what is around it. static/js/core/address.js does the same."""
    text = without_marks(typed)
    named = _IN_BRACKETS.fullmatch(text)
    text = _trimmed(named[1] if named else text)
    scheme, colon, rest = text.partition(":")
    if colon and scheme.lower() == "mailto":
        text = _trimmed(unquote(rest.partition("?")[0]))
    return text


def _trimmed(text: str) -> str:
    start, end = 0, len(text)
    while start < end and _is_around(text[start]) and text[start] not in _BEGINS_A_NAME:
        start += 1
    while start < end and _is_around(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_around(character: str) -> bool:
    """Spaces, punctuation, control characters, and the brackets that programs put around an address."""
    return unicodedata.category(character)[0] in "ZPC" or character in "<>"


def _readable(domain: str) -> str:
    """Browsers turn an international domain into `xn--…` before we get to see it."""
    try:
        return idna.decode(domain)
    except idna.IDNAError as error:
        raise _refusal() from error


def _refusal() -> ValidationError:
    return ValidationError(_is_address.message, code=_is_address.code)
