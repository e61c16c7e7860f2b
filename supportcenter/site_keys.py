"""The secret key, and the former ones that still hold (SECRET_KEY_FALLBACKS): what was made by one of them is found.

What Django signs it compares with all of them by itself; this is for what is sealed with an HMAC of ours.
"""

import hashlib

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

# Characters of a key's mark.
MARK = 6


def secret_keys() -> list[str]:
    """The present one first."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def sealed_by(secret: str, salt: str, text: str) -> bytes:
    return salted_hmac(salt, text, secret=secret, algorithm="sha256").digest()


def is_sealed(given: str, salt: str, text: str) -> bool:
    """Whether it is the hexadecimal seal of `text` by one of the keys."""
    return any(constant_time_compare(given, sealed_by(secret, salt, text).hex()) for secret in secret_keys())


def mark_of(secret: str) -> str:
    """Says which of the keys it is, and no more."""
    return hashlib.sha256(b"support center, mark of a secret key\0" + secret.encode()).hexdigest()[:MARK]


def secret_marked(mark: str) -> str:
    """The key with this mark; the present one if none of the site's has it."""
    return next((secret for secret in secret_keys() if mark_of(secret) == mark), settings.SECRET_KEY)
