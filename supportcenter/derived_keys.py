"""Keys that are made out of the secret key, one for each purpose (HKDF with SHA-256, RFC 5869).

So they are there from the first run on, the same in all processes, and in every backup that has the secret key.
"""

from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def derived_key(purpose: str, length: int = 32) -> bytes:
    """The key for this purpose, in bytes."""
    return _derived(settings.SECRET_KEY, purpose, length)


def derived_keys(purpose: str, length: int = 32) -> list[bytes]:
    """The key for this purpose first, then those of former secret keys: for reading what was written by them."""
    return [_derived(secret, purpose, length) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


@cache
def _derived(secret: str, purpose: str, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=None, info=f"support center: {purpose}".encode()).derive(secret.encode())
