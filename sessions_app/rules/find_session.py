"""Find a session by the number that somebody typed, without revealing which sessions exist."""

from collections.abc import Callable

from limits import RateLimitItem, RateLimitItemPerMinute

from sessions_app.errors import NumberUnknown, SlowDown, TooManyAttempts
from sessions_app.models import SupportSession
from sessions_app.models.session_numbers import normalise
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.accounts.rate_limits import hits, rate_limiter
from supportcenter.refusals import require

EVERYBODY = "everybody"
# How far beyond its limit an address may go on, each attempt slowed down; and how far the site's wrong numbers count.
ADDRESS_BOUND, SITE_BOUND = 6, 4


def session_by_number(typed: str, *, address: str, has_passed: Callable[[], bool]) -> SupportSession:
    """The open session with this number, for a stranger (E37).

    Raises NumberUnknown for a mistyped, an unknown and an ended number alike; each counts as a wrong guess of `address`
    and of the whole site. Right ones do not count, so that an office behind one address can join as often as it likes.

    After too many wrong guesses of either, raises SlowDown, before looking, unless the caller `has_passed` the
    challenge for this attempt: who tries to shut others out keeps them waiting for seconds. Raises TooManyAttempts far
    beyond the limit of the address.
    """
    policy = SitePolicy.current()
    per_address, site_wide = policy.joins_per_address, policy.joins_site_wide
    by_address = RateLimitItemPerMinute(per_address * ADDRESS_BOUND, namespace="joins")
    by_site = _site_wide(policy)
    guessed = hits(by_address, address)
    require(guessed < by_address.amount, TooManyAttempts, retry_after=60)
    if guessed >= per_address or hits(by_site, EVERYBODY) >= site_wide:
        require(has_passed(), SlowDown)
    return _session(typed, (by_address, address), (by_site, EVERYBODY))


def session_by_number_for_csr(typed: str, *, csr: User) -> SupportSession:
    """The open session with this number. Wrong ones count for the account alone, whatever strangers do."""
    own = RateLimitItemPerMinute(SitePolicy.current().joins_per_address, namespace="assists")
    require(rate_limiter().test(own, str(csr.pk)), TooManyAttempts, retry_after=60)
    return _session(typed, (own, str(csr.pk)))


def load_of_guesses() -> int:
    """How many times over the site's limit its wrong numbers are, from 1 on."""
    policy = SitePolicy.current()
    return max(1, hits(_site_wide(policy), EVERYBODY) // policy.joins_site_wide)


def attempt_at(typed: str) -> str:
    """The number as a challenge is about it, however it is written."""
    return normalise(typed) or typed


def _site_wide(policy: SitePolicy) -> RateLimitItem:
    return RateLimitItemPerMinute(policy.joins_site_wide * SITE_BOUND, namespace="joins")


def _session(typed: str, *counted: tuple[RateLimitItem, str]) -> SupportSession:
    session = SupportSession.objects.open().filter(number=normalise(typed) or "").first()
    if session is None:
        for limit, who in counted:
            rate_limiter().hit(limit, who)
        raise NumberUnknown
    return session
