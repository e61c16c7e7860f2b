"""From what a stranger typed or clicked to a session, without telling him which sessions exist."""

from limits import RateLimitItemPerMinute

from sessions_app.errors import NumberUnknown, TooManyAttempts
from sessions_app.models import SupportSession
from sessions_app.models.session_numbers import normalise
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.refusals import require

EVERYBODY = "everybody"


def session_by_number(typed, *, address):
    """The open session with this number. Mistyped, unknown and ended get one answer, and each costs a guess (E37).

    Only wrong guesses count, so that an office behind one address can join as often as it likes. Raises
    TooManyAttempts before looking, NumberUnknown after.
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
