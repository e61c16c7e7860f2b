"""Secrets in links, derived from stored values and the site's key, so that no secret itself is stored (E38).

Links that were given out before an upgrade have other letters; they keep working for as long as they are valid.
"""

import base64

from django.utils.crypto import constant_time_compare, salted_hmac

from supportcenter.link_tokens import new_name, seal

TOKEN = "invitations.token"  # noqa: S105 - what it is for
# Of those from before, which may have - and _ in them, as their tokens had.
EARLIER_NONCE = 22


def new_nonce() -> str:
    return new_name(EARLIER_NONCE + 1)


def token_of(nonce: str) -> str:
    """The invitation's token: 256 bits that can be made again to resend it, but not from the database alone."""
    return _earlier_seal(TOKEN, nonce) if len(nonce) == EARLIER_NONCE else seal(TOKEN, nonce)


def is_seal(candidate: str, salt: str, text: str) -> bool:
    """Whether a seal of `text` begins with `candidate`; callers check its length."""
    is_ours, is_earlier = (
        constant_time_compare(candidate, each[: len(candidate)])
        for each in (seal(salt, text), _earlier_seal(salt, text))
    )
    return is_ours or is_earlier


def _earlier_seal(salt: str, text: str) -> str:
    mac = salted_hmac(salt, text, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
