"""Secrets in links, derived from stored values and the site's key, so that no secret itself is stored (E38)."""

import base64
import secrets

from django.utils.crypto import constant_time_compare, salted_hmac


def new_nonce() -> str:
    return secrets.token_urlsafe(16)


def token_of(nonce: str) -> str:
    """The invitation's token: 256 bits that can be made again to resend it, but not from the database alone."""
    return seal("invitations.token", nonce)


def seal(salt: str, text: str) -> str:
    mac = salted_hmac(salt, text, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def is_seal(candidate: str, salt: str, text: str) -> bool:
    """Whether the seal of `text` begins with `candidate`; callers check its length."""
    return constant_time_compare(candidate, seal(salt, text)[: len(candidate)])
