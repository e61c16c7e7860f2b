"""Find a session by the number that a stranger typed, without revealing which sessions exist."""

from limits import RateLimitItemPerMinute

from sessions_app.errors import NumberUnknown, TooManyAttempts
from sessions_app.models import SupportSession
from sessions_app.models.session_numbers import normalise
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.refusals import require

EVERYBODY = "everybody"


def session_by_number(typed: str, *, address: str) -> SupportSession:
    """The open session with this number (E37).

    Raises NumberUnknown for a mistyped, an unknown and an ended number alike; each counts as a wrong guess of `address`
    and of the whole site. Right ones do not count, so that an office behind one address can join as often as it likes.
    Raises TooManyAttempts, before looking, when there were too many wrong guesses.
    """
    policy = SitePolicy.current()
    guesses = [
        (RateLimitItemPerMinute(policy.joins_per_address, namespace="joins"), address),
        (RateLimitItemPerMinute(policy.joins_site_wide, namespace="joins"), EVERYBODY),
    ]
    limiter = rate_limiter()
    require(all(limiter.test(limit, who) for limit, who in guesses), TooManyAttempts, retry_after=60)
    session = SupportSession.objects.open().filter(number=normalise(typed) or "").first()
    if session is None:
        for limit, who in guesses:
            limiter.hit(limit, who)
        raise NumberUnknown
    return session
