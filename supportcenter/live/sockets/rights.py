"""Whether the pages connected to this process may still be: asked of all together, at every heartbeat.

A page was let in on some grounds: its sign-in, its account, its seat. Each beat reads the grounds of all pages, a
statement a kind, and has only those pages asked for again whose grounds have changed, whatever has changed them.
"""

import asyncio
import logging
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from supportcenter.live import HEARTBEAT
from supportcenter.live.sockets.db import db

logger = logging.getLogger(__name__)

# What is true of each of many keys now; a key of which nothing is true is left out.
Reader = Callable[[list[Any]], Mapping[Any, Hashable]]
# Keys that one statement asks for; no database takes any number of them.
AT_ONCE = 1000


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


class RightsWatch:
    """Calls `doubt` of the pages that may have lost their rights, while there are any pages."""

    def __init__(self) -> None:
        self._pages: set[WatchedPage] = set()
        self._task: asyncio.Task[None] | None = None

    def add(self, page: WatchedPage) -> None:
        self._pages.add(page)
        if self._task is None or self._task.done() or self._task.get_loop() is not asyncio.get_running_loop():
            self._task = asyncio.create_task(self._beat())

    def discard(self, page: WatchedPage) -> None:
        self._pages.discard(page)

    async def ask(self) -> None:
        """One beat."""
        pages = {page: page.grounds for page in self._pages}
        shaken = await db(read_changed, {ground for grounds in pages.values() for ground in grounds})
        for page, grounds in pages.items():
            if page in self._pages and not shaken.isdisjoint(grounds):
                page.doubt()

    async def _beat(self) -> None:
        while self._pages:
            await asyncio.sleep(HEARTBEAT)
            try:
                await self.ask()
            except Exception:
                logger.exception("The rights of connected pages could not be read; the next beat tries again")


def read_changed(grounds: Iterable[Ground]) -> set[Ground]:
    """The grounds that no longer hold."""
    by_reader: dict[Reader, list[Ground]] = {}
    for ground in grounds:
        by_reader.setdefault(ground.read, []).append(ground)
    return {ground for read, same in by_reader.items() for ground in _changed(read, same)}


def _changed(read: Reader, grounds: list[Ground]) -> Iterable[Ground]:
    keys = list({ground.key for ground in grounds})
    now: dict[Hashable, Hashable] = {}
    for start in range(0, len(keys), AT_ONCE):
        now |= read(keys[start : start + AT_ONCE])
    return (ground for ground in grounds if now.get(ground.key) != ground.fact)


watch = RightsWatch()
