"""One limiter for the site: in memory in the one process, in Redis when there are several."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItem
from limits.storage import MemoryStorage, MovingWindowSupport, RedisStorage, Storage
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from supportcenter import redis_client
from supportcenter.client_address import client_address
from supportcenter.network_addresses import address_key

__all__ = ["client_address", "client_key", "hits", "rate_limiter"]

Answer = TypeVar("Answer")


@cache
def rate_limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(RedisOrProcessStorage(settings.REDIS_URL) if settings.REDIS_URL else MemoryStorage())


def client_key(request: HttpRequest) -> str:
    """What limits count a request's address by."""
    return address_key(client_address(request))


def hits(limit: RateLimitItem, *who: str) -> int:
    """How much of a limit is used, at most the whole of it."""
    return limit.amount - rate_limiter().get_window_stats(limit, *who).remaining


class RedisOrProcessStorage(Storage, MovingWindowSupport):
    """Counts in Redis; while it is away in this process, from nothing. What Redis knew counts again when it is back."""

    STORAGE_SCHEME = None
    base_exceptions = RedisError

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._breaker = redis_client.breaker(url)
        self._redis, self._process = RedisStorage(url, **redis_client.options()), MemoryStorage()

    def _ask(self, question: Callable[[RedisStorage | MemoryStorage], Answer]) -> Answer:
        return self._breaker.ask(lambda: question(self._redis), lambda: question(self._process))

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        return self._ask(lambda storage: storage.acquire_entry(key, limit, expiry, amount))

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        return self._ask(lambda storage: storage.get_moving_window(key, limit, expiry))

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        return self._ask(lambda storage: storage.incr(key, expiry, amount))

    def get(self, key: str) -> int:
        return self._ask(lambda storage: storage.get(key))

    def get_expiry(self, key: str) -> float:
        return self._ask(lambda storage: storage.get_expiry(key))

    def check(self) -> bool:
        return self._ask(lambda storage: storage.check())

    def reset(self) -> int | None:
        self._process.reset()
        return self._ask(lambda storage: storage.reset())

    def clear(self, key: str) -> None:
        self._process.clear(key)
        self._ask(lambda storage: storage.clear(key))
