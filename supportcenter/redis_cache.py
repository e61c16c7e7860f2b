"""Django's cache in Redis; in the memory of the process while Redis is away."""

from functools import partial
from typing import Any

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

from supportcenter import redis_client

# Rows of a process's own memory. A stranger who makes up account names must not push out what was counted before.
MOST_ENTRIES = 100_000


class RedisOrProcessCache(BaseCache):
    def __init__(self, url: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._url = url
        self._redis = RedisCache(url, {**params, "OPTIONS": redis_client.options()})
        self._process = LocMemCache("while-redis-is-away", {**params, "OPTIONS": {"MAX_ENTRIES": MOST_ENTRIES}})

    def _do(self, verb: str, *args: Any, **options: Any) -> Any:
        in_redis, here = (partial(getattr(cache, verb), *args, **options) for cache in (self._redis, self._process))
        return redis_client.breaker(self._url).ask(in_redis, here)

    def add(self, key: Any, value: Any, *args: Any, **options: Any) -> bool:
        return bool(self._do("add", key, value, *args, **options))

    def get(self, key: Any, *args: Any, **options: Any) -> Any:
        return self._do("get", key, *args, **options)

    def set(self, key: Any, value: Any, *args: Any, **options: Any) -> None:
        self._do("set", key, value, *args, **options)

    def touch(self, key: Any, *args: Any, **options: Any) -> bool:
        return bool(self._do("touch", key, *args, **options))

    def delete(self, key: Any, *args: Any, **options: Any) -> bool:
        return bool(self._do("delete", key, *args, **options))

    def incr(self, key: Any, *args: Any, **options: Any) -> int:
        return int(self._do("incr", key, *args, **options))

    def has_key(self, key: Any, *args: Any, **options: Any) -> bool:
        return bool(self._do("has_key", key, *args, **options))

    def clear(self) -> None:
        self._do("clear")
