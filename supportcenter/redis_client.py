"""How the site asks Redis, which may be away: not for long, and not again and again.

A request that finds Redis stopped or frozen waits for `ANSWER` seconds at most. Until `PAUSE` seconds later nothing in
this process asks Redis; then one thread does, for all.
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

# Seconds.
ANSWER, PAUSE = 0.5, 5

Answer = TypeVar("Answer")


def options() -> dict[str, Any]:
    """For a client of the library. A connection that Redis closed is made again at once; silence is not asked twice."""
    retry = Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,))
    return {"socket_connect_timeout": ANSWER, "socket_timeout": ANSWER, "retry": retry}


class CircuitBreaker:
    """Asks Redis, and while it is away something else."""

    def __init__(self, pause: float = PAUSE, now: Callable[[], float] = time.monotonic) -> None:
        self._pause, self.now = pause, now
        self._lock = threading.Lock()
        self._is_away, self._ask_again_at = False, 0.0

    def ask(self, redis_does: Callable[[], Answer], instead: Callable[[], Answer]) -> Answer:
        if not self._may_ask():
            return instead()
        try:
            answer = redis_does()
        except (RedisError, OSError) as error:
            self._note_away(error)
            return instead()
        self._note_back()
        return answer

    def _may_ask(self) -> bool:
        with self._lock:
            if not self._is_away:
                return True
            if self.now() < self._ask_again_at:
                return False
            # For this caller alone; the others go on without Redis until it has an answer.
            self._ask_again_at = self.now() + self._pause
            return True

    def _note_away(self, error: Exception) -> None:
        with self._lock:
            was_away, self._is_away = self._is_away, True
            self._ask_again_at = self.now() + self._pause
        if not was_away:
            logger.warning("Redis is away, so limits and the cache are those of this process: %s", error)

    def _note_back(self) -> None:
        with self._lock:
            was_away, self._is_away = self._is_away, False
        if was_away:
            logger.warning("Redis is back.")


@cache
def breaker(url: str) -> CircuitBreaker:
    """For the limits, the cache and what is published once: when Redis is away for one of them, it is for all."""
    return CircuitBreaker()


def client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, **options())
