"""Email addresses as people type and paste them, and as mail servers take them."""

import re
import unicodedata
from email.utils import parseaddr
from urllib.parse import unquote

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from supportcenter.text.invisible import without_marks

# RFC 5321: of the name, and of the whole. What stands around it may be as long again.
LONGEST_NAME, LONGEST = 64, 254
LONGEST_TYPED = 2 * LONGEST
# Carol <carol@example.org>
_IN_BRACKETS = re.compile(r"[^<>]*<([^<>]*)>[^<>]*")
# Punctuation that may begin or end the name before the @.
_BEGINS_A_NAME = "!#$%&*+-/=?^_`{|}~"
_is_address = EmailValidator()


def normalise(typed):
    """The address meant by what somebody typed, its domain readable and in small letters.

    Marks that nobody sees, punctuation around, `mailto:` and a name with the address in angle brackets are taken.
    Raises ValidationError for what takes no message. Quoted names (`"a b"@…`) are refused: hardly anybody has one, and
    they may hold control characters.
    """
    if len(typed) > LONGEST_TYPED:
        raise _refusal()
    user, _, domain = _bare(typed).rpartition("@")
    _is_address(f"{user}@{domain}")
    ascii_form = to_ascii(f"{user}@{domain}")
    if '"' in user or len(user) > LONGEST_NAME or len(ascii_form) > LONGEST:
        raise _refusal()
    return f"{user}@{_readable(ascii_form.rpartition('@')[2])}"


def to_ascii(address):
    """The form that every mail server takes: an international domain as `xn--…` (E39).

    Every header with an address needs it. The mail library would convert by the older standard, in which faß.example
    is fass.example and a joiner is nothing: another domain, and perhaps another's.
    """
    user, _, domain = address.rpartition("@")
    try:
        return f"{user}@{idna.encode(domain, uts46=True).decode()}"
    except idna.IDNAError as error:
        raise _refusal() from error


def deliverable(address):
    """`address` for a header, or nothing if it takes no message: an account may have been given anything."""
    try:
        return to_ascii(normalise(address))
    except ValidationError:
        return ""


def ascii_mailbox(mailbox):
    """An address with or without a name, as a setting has it, for a header."""
    address = parseaddr(mailbox)[1]
    return mailbox if address.isascii() else mailbox.replace(address, to_ascii(address))


def _bare(typed):
    """What is left without its surroundings. static/js/core/address.js reads alike."""
    text = without_marks(typed)
    named = _IN_BRACKETS.fullmatch(text)
    text = _trimmed(named[1] if named else text)
    scheme, colon, rest = text.partition(":")
    if colon and scheme.lower() == "mailto":
        text = _trimmed(unquote(rest.partition("?")[0]))
    return text


def _trimmed(text):
    start, end = 0, len(text)
    while start < end and _is_around(text[start]) and text[start] not in _BEGINS_A_NAME:
        start += 1
    while start < end and _is_around(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_around(character):
    """Spaces, punctuation, what controls or joins; and the two signs that programs set around an address."""
    return unicodedata.category(character)[0] in "ZPC" or character in "<>"


def _readable(domain):
    """Browsers have turned an international domain into `xn--…` before we get to see it."""
    try:
        return idna.decode(domain)
    except idna.IDNAError as error:
        raise _refusal() from error


def _refusal():
    return ValidationError(_is_address.message, code=_is_address.code)
