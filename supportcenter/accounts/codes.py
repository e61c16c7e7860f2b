"""Codes of an authenticator app and recovery codes: each is good once, and few may be tried.

Only who has given the right password is asked for one, so no stranger uses up what the owner of an account may try.
"""

import secrets
from collections.abc import Iterator

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.http import HttpRequest
from limits import RateLimitItemPerHour, RateLimitItemPerMinute

from supportcenter.accounts.models import User
from supportcenter.accounts.rate_limits import client_key, rate_limiter

# Tried for one account, from one address and from anywhere; those that were right count for the second alone.
FROM_ADDRESS = RateLimitItemPerMinute(5, 5, namespace="codes-of-account-from-address")
OF_ACCOUNT = RateLimitItemPerHour(60, namespace="codes-of-account")
# Of the data of an app: the latest step of which a code was taken. Earlier ones are used up with it.
LATEST = "latest_step"


def may_try(request: HttpRequest, user: User) -> bool:
    """Counts the attempt."""
    limiter, account = rate_limiter(), str(user.pk)
    return limiter.hit(FROM_ADDRESS, account, client_key(request)) and limiter.hit(OF_ACCOUNT, account)


def forget_attempts(request: HttpRequest, user: User) -> None:
    rate_limiter().clear(FROM_ADDRESS, str(user.pk), client_key(request))


@transaction.atomic
def use_code(user: User, code: str) -> Authenticator | None:
    """The person's app, or their recovery codes, of which this is a code that was not used before: now it is."""
    held = Authenticator.objects.select_for_update().filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN)
    for one in held.order_by("pk"):
        if one.type == Authenticator.Type.TOTP:
            if _use_code_of_app(one, code):
                return one
            continue
        codes = one.wrap()
        if codes.validate_code(code):
            # As it is now, with that code crossed out.
            return codes.instance
    return None


def steps_of(secret: str, code: str) -> Iterator[int]:
    """The steps of about now whose code this is."""
    for step in yield_hotp_counters_from_time():
        right = format_hotp_value(hotp_value(secret, step))
        if secrets.compare_digest(normalize_user_code(code).encode(), right.encode()):
            yield step


def _use_code_of_app(app: Authenticator, code: str) -> bool:
    steps = [step for step in steps_of(decrypt(app.data["secret"]), code) if step > app.data.get(LATEST, 0)]
    if steps:
        app.data[LATEST] = steps[0]
        app.save(update_fields=["data"])
    return bool(steps)
