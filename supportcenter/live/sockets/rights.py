"""Whether the pages connected to this process may still be: asked of all together, at every heartbeat.

A page was let in on some grounds: its sign-in, its account, its seat. Each beat reads the grounds of all pages, a
statement a kind, and has only those pages asked for again whose grounds have changed, whatever has changed them.
"""

import asyncio
import logging
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from supportcenter import clock
from supportcenter.live import HEARTBEAT
from supportcenter.live.delivery.close_codes import Code
from supportcenter.live.sockets.db import db

logger = logging.getLogger(__name__)

# What is true of each of many keys now; a key of which nothing is true is left out.
Reader = Callable[[list[Any]], Mapping[Any, Hashable]]
# Keys that one statement asks for; no database takes any number of them.
AT_ONCE = 1000
# Seconds between two looks at least, however soon the next page's time is up.
AT_LEAST = 0.05
# What a reader says of something that has ended, rather than changed: its pages are closed without asking.
OVER = object()


@dataclass(frozen=True, slots=True)
class Ground:
    """Something on which a page was let in: what `read` found for `key` then."""

    read: Reader
    key: Hashable
    fact: Hashable


class WatchedPage(Protocol):
    @property
    def grounds(self) -> tuple[Ground, ...]: ...

    def doubt(self) -> None: ...

    def end(self, code: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Found:
    """The grounds that no longer hold, those of them that are over, and when the next of the others will be."""

    shaken: frozenset[Ground]
    over: frozenset[Ground]
    next_end: datetime | None


class RightsWatch:
    """Calls `doubt` of the pages that may have lost their rights, while there are any pages.

    A fact may have an `until`: pages whose time is up are looked at then, and not at the next beat.
    """

    def __init__(self) -> None:
        self._pages: set[WatchedPage] = set()
        self._task: asyncio.Task[None] | None = None
        self._sooner = asyncio.Event()
        self._next_end: datetime | None = None

    def add(self, page: WatchedPage) -> None:
        self._pages.add(page)
        if self._task is None or self._task.done() or self._task.get_loop() is not asyncio.get_running_loop():
            self._sooner, self._next_end = asyncio.Event(), None
            self._task = asyncio.create_task(self._beat())
        ends = _first(ground.fact for ground in page.grounds)
        if ends and (self._next_end is None or ends < self._next_end):
            self._next_end = ends
            self._sooner.set()

    def discard(self, page: WatchedPage) -> None:
        self._pages.discard(page)

    async def ask(self) -> None:
        """One beat."""
        pages, self._next_end = {page: page.grounds for page in self._pages}, None
        found = await db(read_again, {ground for grounds in pages.values() for ground in grounds})
        # Of a page that has come meanwhile it is known already.
        self._next_end = min((end for end in (found.next_end, self._next_end) if end), default=None)
        for page, grounds in pages.items():
            if page not in self._pages:
                continue
            if not found.over.isdisjoint(grounds):
                page.end(Code.NOT_SIGNED_IN)
            elif not found.shaken.isdisjoint(grounds):
                page.doubt()

    async def _beat(self) -> None:
        while self._pages:
            await self._wait()
            try:
                await self.ask()
            except Exception:
                logger.exception("The rights of connected pages could not be read; the next beat tries again")

    async def _wait(self) -> None:
        """A heartbeat, or less where the time of a page is up before; it may come meanwhile."""
        started = asyncio.get_running_loop().time()
        while (left := self._seconds_left(started)) > 0:
            self._sooner.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._sooner.wait()

    def _seconds_left(self, started: float) -> float:
        passed = asyncio.get_running_loop().time() - started
        left = HEARTBEAT - passed
        if self._next_end:
            left = min(left, max((self._next_end - clock.estimate()).total_seconds(), AT_LEAST - passed))
        return left


def read_again(grounds: Iterable[Ground]) -> Found:
    by_reader: dict[Reader, list[Ground]] = {}
    for ground in grounds:
        by_reader.setdefault(ground.read, []).append(ground)
    now = {ground: fact for read, same in by_reader.items() for ground, fact in _facts(read, same)}
    return Found(
        frozenset(ground for ground, fact in now.items() if fact != ground.fact),
        frozenset(ground for ground, fact in now.items() if fact is OVER),
        _first(now.values()),
    )


def read_changed(grounds: Iterable[Ground]) -> frozenset[Ground]:
    """The grounds that no longer hold."""
    return read_again(grounds).shaken


def _facts(read: Reader, grounds: list[Ground]) -> Iterable[tuple[Ground, Hashable]]:
    keys = list({ground.key for ground in grounds})
    now: dict[Hashable, Hashable] = {}
    for start in range(0, len(keys), AT_ONCE):
        now |= read(keys[start : start + AT_ONCE])
    return ((ground, now.get(ground.key)) for ground in grounds)


def _first(facts: Iterable[Hashable]) -> datetime | None:
    return min((until for fact in facts if (until := getattr(fact, "until", None))), default=None)


watch = RightsWatch()
