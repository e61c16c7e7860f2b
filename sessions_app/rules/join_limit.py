"""How often people may join one session (E37), so that no stranger who has its number keeps the primary busy."""

from limits import RateLimitItemPerMinute

from sessions_app.errors import TooManyAttempts
from sessions_app.models import SupportSession
from supportcenter import security_log
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.refusals import require

# One address may take this part of a session's joins, so that it cannot take all from the others.
PART_OF_ONE_ADDRESS = 3


def count_join(session: SupportSession, *, address: str) -> None:
    """Count an attempt to join by number or link; personal invitations are not counted.

    Raises TooManyAttempts, without counting for the session what was too much from one address.
    """
    most, key = SitePolicy.current().joins_per_session, str(session.pk)
    own = RateLimitItemPerMinute(max(most // PART_OF_ONE_ADDRESS, 1), namespace="session-joins")
    all_together = RateLimitItemPerMinute(most, namespace="session-joins")
    limiter = rate_limiter()
    may = limiter.hit(own, key, address) and limiter.hit(all_together, key)
    if not may and limiter.hit(RateLimitItemPerMinute(1, namespace="session-joins-noted"), key, address):
        security_log.warn("joins_limited", address=address, about=session.audit_subject)
    require(may, TooManyAttempts, retry_after=60)
