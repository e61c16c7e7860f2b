"""How much of something there may be: a second in the long run, and at once."""

import time


class Allowance:
    """A token bucket: `rate` tokens a second in the long run, `burst` at once."""

    __slots__ = ("__weakref__", "_at", "_burst", "_rate", "_tokens")

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._tokens, self._at = burst, time.monotonic()

    def has(self, tokens: float = 1) -> bool:
        now = time.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        return self._tokens >= tokens

    def take(self, tokens: float = 1) -> bool:
        if not self.has(tokens):
            return False
        self._tokens -= tokens
        return True

    def give_back(self, tokens: float = 1) -> None:
        self._tokens = min(self._burst, self._tokens + tokens)
