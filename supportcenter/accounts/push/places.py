"""Where a browser may have the site send to: what it names is an address that this server will call."""

import base64
import binascii
import re
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from supportcenter.accounts.models.push_subscription import LONGEST_ENDPOINT

# Bytes: a point of P-256, uncompressed, and the secret beside it (RFC 8291).
POINT, SECRET = 65, 16
# What may stand before the host of a wildcard: no other name can be looked up.
LABELS = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*")
PORTS = {"https": 443, "http": 80}


def is_place_of_a_push_service(endpoint: str) -> bool:
    """Whether it is at one of `WEB_PUSH_HOSTS`: by https at the usual port, unless an origin there says otherwise."""
    if len(endpoint) > LONGEST_ENDPOINT or not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        return False
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or "").lower(), parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return False
    # Some programs read the host of a\@b as a, and others as b.
    if parts.username is not None or parts.password is not None or parts.fragment or "\\" in endpoint:
        return False
    return any(_covers(allowed, parts.scheme, host, port) for allowed in settings.WEB_PUSH_HOSTS)


def _covers(allowed: str, scheme: str, host: str, port: int | None) -> bool:
    if "://" in allowed:
        origin = urlsplit(allowed)
        return (scheme, host, port) == (origin.scheme, origin.hostname, origin.port or PORTS[origin.scheme])
    if (scheme, port) != ("https", PORTS["https"]):
        return False
    if not allowed.startswith("*."):
        return host == allowed
    below = allowed[1:]
    return host.endswith(below) and LABELS.fullmatch(host.removesuffix(below)) is not None


def is_key(text: str) -> bool:
    """Whether it is the public key of a browser: a point that lies on the curve."""
    point = _bytes(text, POINT)
    if point is None:
        return False
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return False
    return True


def is_secret(text: str) -> bool:
    return _bytes(text, SECRET) is not None


def _bytes(text: str, length: int) -> bytes | None:
    """What base64url without its filling says, if it is this long."""
    if len(text) != -(-length * 4 // 3) or not text.isascii():
        return None
    try:
        found = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    return found if len(found) == length else None
