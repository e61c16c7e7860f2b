"""The key by which push services know this site (VAPID, RFC 8292).

It is made out of the secret key: so it is there from the first run on, the same in all processes, and in every backup
that has the secret key. Another secret key signs everybody out, and their devices subscribe again with the new one.
"""

import base64
from functools import cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from supportcenter.derived_keys import derived_key, derived_keys

PURPOSE = "web push"
# Of P-256: its number of points.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# Bytes: with half as many again as the key has, no key is likelier than another.
DRAWN = 48


def private_key() -> ec.EllipticCurvePrivateKey:
    return _private_key(derived_key(PURPOSE, DRAWN))


def private_keys() -> list[ec.EllipticCurvePrivateKey]:
    """The present one, then those of former secret keys: with one of them older subscriptions were made."""
    return [_private_key(drawn) for drawn in derived_keys(PURPOSE, DRAWN)]


def public_key() -> str:
    """As browsers take it, when they subscribe."""
    point = (
        private_key()
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


@cache
def _private_key(drawn: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(drawn) % (ORDER - 1) + 1, ec.SECP256R1())
