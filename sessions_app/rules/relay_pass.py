"""Leave to try the relay before one is in a session.

A page behind a seat, an invitation, a join link or a place in a queue carries a signed word that says so, for an hour.
It buys credentials that are good for one try: they are short-lived, and counted for its holder.
"""

from django.core import signing
from limits import RateLimitItemPerMinute

from sessions_app.errors import TooManyAttempts
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.refusals import require

# Seconds that a pass is good for, and the credentials that it buys.
PASS_SECONDS, TRY_SECONDS = 3600, 60
# Tries of one holder from one address; and of all who hold the same, since a join link is many people's.
OF_ONE = RateLimitItemPerMinute(6, namespace="relay-checks")
OF_ALL = RateLimitItemPerMinute(60, namespace="relay-checks")

SALT = "relay-check"


def relay_pass(holder: str) -> str:
    return signing.TimestampSigner(salt=SALT).sign(holder)


def holder_of(text: str) -> str | None:
    """Who holds this pass; None if it is too old, or none of ours."""
    try:
        return signing.TimestampSigner(salt=SALT).unsign(text, max_age=PASS_SECONDS)
    except signing.BadSignature:
        return None


def count_try(holder: str, *, address: str) -> None:
    """Raises TooManyAttempts."""
    limiter = rate_limiter()
    may = limiter.hit(OF_ONE, holder, address) and limiter.hit(OF_ALL, holder)
    require(may, TooManyAttempts, retry_after=60)
