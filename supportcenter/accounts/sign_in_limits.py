"""How often a sign-in may fail: in the site's own limiter, whatever the Host header of a request says.

Of one account from one address it is refused after a few failures, right password or not. All other limits only slow
down those who have not failed there, so that no stranger shuts out the owner of an account, an office or everybody.
"""

import enum
import hashlib
import unicodedata

from django.http import HttpRequest
from limits import RateLimitItem, RateLimitItemPerMinute

from supportcenter.accounts.challenges import MOST_LOAD, give_challenge, has_passed
from supportcenter.accounts.rate_limits import client_key, hits, rate_limiter

EVERYBODY = "everybody"
# Of one account from one address in five minutes: then it is locked for that address.
LOCKED = RateLimitItemPerMinute(5, 5, namespace="sign-ins-of-account-from-address")
# Of one account in five minutes, from one address and on the whole site in a minute: what is free. The limits are
# counted beyond that; at the end of an address's own, it is refused the accounts that have failed from there.
FREE_OF_ACCOUNT, FREE_OF_ADDRESS, FREE_ON_SITE = 20, 10, 120
OF_ACCOUNT = RateLimitItemPerMinute(FREE_OF_ACCOUNT, 5, namespace="sign-ins-of-account")
OF_ADDRESS = RateLimitItemPerMinute(60, namespace="sign-ins-from-address")
ON_SITE = RateLimitItemPerMinute(FREE_ON_SITE, namespace="sign-ins-on-site")
# What a challenge of the sign-in form is about, beside the name of the account.
SIGNING_IN = "sign-in"


class Attempt(enum.Enum):
    FREE = enum.auto()
    SLOWED_DOWN = enum.auto()
    LOCKED = enum.auto()


def weigh(request: HttpRequest, username: str) -> Attempt:
    """May this sign-in be tried? One that is slowed down has to come back with the ticket that it is given here."""
    account, address = _key(username), client_key(request)
    failed = hits(LOCKED, account, address)
    if failed >= LOCKED.amount or (failed and _is_used_up(address)):
        return Attempt.LOCKED
    if _is_free(account, address) or has_passed(request, SIGNING_IN, account):
        return Attempt.FREE
    _slow_down(request, account, address)
    return Attempt.SLOWED_DOWN


def count_failure(request: HttpRequest, username: str) -> None:
    """Count it; if the next one will be slowed down, its ticket comes with this answer."""
    account, address = _key(username), client_key(request)
    for limit, who in _counted(account, address):
        rate_limiter().hit(limit, *who)
    if not _is_free(account, address):
        _slow_down(request, account, address)


def forget_failures(request: HttpRequest, username: str) -> None:
    """Who has proved by mail whose account it is may use the new password at once."""
    account = _key(username)
    rate_limiter().clear(LOCKED, account, client_key(request))
    rate_limiter().clear(OF_ACCOUNT, account)


def _slow_down(request: HttpRequest, account: str, address: str) -> None:
    """Who tries one account after the other from one address does the most work for each."""
    give_challenge(request, SIGNING_IN, account, load=MOST_LOAD if _is_used_up(address) else 1)


def _is_used_up(address: str) -> bool:
    return hits(OF_ADDRESS, address) >= OF_ADDRESS.amount


def _is_free(account: str, address: str) -> bool:
    return (
        hits(OF_ACCOUNT, account) < FREE_OF_ACCOUNT
        and hits(OF_ADDRESS, address) < FREE_OF_ADDRESS
        and hits(ON_SITE, EVERYBODY) < FREE_ON_SITE
    )


def _counted(account: str, address: str) -> list[tuple[RateLimitItem, tuple[str, ...]]]:
    return [
        (LOCKED, (account, address)),
        (OF_ACCOUNT, (account,)),
        (OF_ADDRESS, (address,)),
        (ON_SITE, (EVERYBODY,)),
    ]


def _key(username: str) -> str:
    """The same for all ways of writing a name that find the same account; of any length and any characters."""
    folded = unicodedata.normalize("NFKC", username).casefold()
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()[:32]
