"""One limiter for the site: in memory in the one process, in Redis when there are several."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter


@cache
def rate_limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(storage_from_string(settings.REDIS_URL or "memory://"))


def client_address(request: HttpRequest) -> str:
    """The address to count against: the peer's or, behind TRUSTED_PROXIES of ours, the one that the outermost saw."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXIES
    return hops[-trusted] if 0 < trusted <= len(hops) else request.META.get("REMOTE_ADDR", "")
