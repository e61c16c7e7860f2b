"""Secrets in links, made from what the database holds and the site's key, so that nothing readable is stored (E38)."""

import base64
import secrets

from django.utils.crypto import constant_time_compare, salted_hmac


def new_nonce():
    return secrets.token_urlsafe(16)


def token_of(nonce):
    """The invitation's token: 256 bits that can be made again for another sending, but not from the database alone."""
    return seal("invitations.token", nonce)


def seal(salt, text):
    mac = salted_hmac(salt, text, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def is_seal(candidate, salt, text):
    """Whether `candidate` begins the seal of `text`; callers fix its length."""
    return constant_time_compare(candidate, seal(salt, text)[: len(candidate)])
