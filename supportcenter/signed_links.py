"""Links of other systems whose values can be trusted, because they are signed with a key that both know. Pure.

What is signed, in UTF-8: the path without slashes around it, then a line `name=value` for each, sorted by name.

    queues/printing
    email=carol@example.org
    expires=1796000000
    ticket=4711

`sig` is the HMAC-SHA256 of that in hexadecimal digits, `expires` a time in seconds since 1970 (docs/webacd.md).
"""

import hashlib
import hmac
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.crypto import constant_time_compare

EXPIRES, SIGNATURE = "expires", "sig"
# Characters of one value; no form takes as many.
LONGEST = 2000


@dataclass(frozen=True)
class SignedLink:
    """What a link brings: nothing that is signed, values that can be trusted, or a signature that does not hold."""

    values: dict[str, str] = field(default_factory=dict)
    is_signed: bool = False
    is_broken: bool = False


def signature(key: str, path: str, values: Mapping[str, str]) -> str:
    lines = [path.strip("/"), *(f"{name}={values[name]}" for name in sorted(values))]
    return hmac.new(key.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


def read(query: QueryDict, *, path: str, names: re.Pattern[str], keys: Collection[str], now: float) -> SignedLink:
    """Of such names. What mail programs and trackers add to a link is not signed, and not read."""
    given = query.get(SIGNATURE, "")
    if not given:
        return SignedLink()
    values = {name: query.get(name, "") for name in query if name == EXPIRES or names.fullmatch(name)}
    is_good = (
        all(_is_plain(values[name]) and len(query.getlist(name)) == 1 for name in values)
        and _is_in_time(values.get(EXPIRES, ""), now)
        and _is_ours(given, path, values, keys)
    )
    if not is_good:
        return SignedLink(is_broken=True)
    return SignedLink({name: value for name, value in values.items() if name != EXPIRES}, is_signed=True)


def _is_ours(given: str, path: str, values: Mapping[str, str], keys: Collection[str]) -> bool:
    """By any of the keys, so that one can be exchanged for another."""
    return any(constant_time_compare(given.lower(), signature(key, path, values)) for key in keys)


def _is_plain(value: str) -> bool:
    """A line break would let one value be read as two."""
    return len(value.splitlines()) <= 1 and len(value) <= LONGEST


def _is_in_time(expires: str, now: float) -> bool:
    return expires.isascii() and expires.isdigit() and len(expires) <= 12 and now < int(expires)
