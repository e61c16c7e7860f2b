"""Secrets in links, derived from stored values and the site's key, so that no secret itself is stored (E38).

Links that were given out before an upgrade have other letters; they keep working for as long as they are valid.
"""

import base64

from django.utils.crypto import constant_time_compare

from supportcenter.browser_secrets import digest
from supportcenter.link_tokens import new_name, seals
from supportcenter.site_keys import sealed_by, secret_keys

TOKEN = "invitations.token"  # noqa: S105 - what it is for
# Of those from before, which may have - and _ in them, as their tokens had.
EARLIER_NONCE = 22


def new_nonce() -> str:
    return new_name(EARLIER_NONCE + 1)


def token_of(nonce: str, token_hash: str) -> str:
    """The invitation's token: 256 bits that can be made again to resend it, but not from the database alone.

    That is the one with this digest, by whichever secret key it was made; a new one if there is no digest yet, or if
    that key has been given up.
    """
    tokens = _earlier_seals(TOKEN, nonce) if len(nonce) == EARLIER_NONCE else seals(TOKEN, nonce)
    return next((token for token in tokens if digest(token) == token_hash), tokens[0])


def is_seal(candidate: str, salt: str, text: str) -> bool:
    """Whether a seal of `text`, by one of the secret keys, begins with `candidate`; callers check its length."""
    every = seals(salt, text) + _earlier_seals(salt, text)
    return any(constant_time_compare(candidate, each[: len(candidate)]) for each in every)


def _earlier_seals(salt: str, text: str) -> list[str]:
    macs = [sealed_by(secret, salt, text) for secret in secret_keys()]
    return [base64.urlsafe_b64encode(mac).rstrip(b"=").decode() for mac in macs]
