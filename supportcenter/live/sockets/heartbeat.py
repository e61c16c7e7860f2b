"""The heartbeat of the pages connected to this process: their rows get a new time stamp together, every few seconds.

The heartbeat of a process that is killed stops, which tells the other processes that its pages are gone.
"""

import asyncio
import logging
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from supportcenter.live import HEARTBEAT
from supportcenter.live.sockets.db import db
from supportcenter.refusals.storage_full import is_storage_full, log_storage_full

logger = logging.getLogger(__name__)

# How `note` knows a page: by a key, or by a participant's key and the page load.
Page = TypeVar("Page", bound=Hashable)


class Heartbeat(Generic[Page]):
    """Calls `note` with the pages that are connected, in `db`, while there are any."""

    def __init__(self, note: Callable[[list[Page]], object]) -> None:
        self._note = note
        self._here: dict[Page, int] = {}
        self._task: asyncio.Task[None] | None = None

    def add(self, page: Page) -> None:
        # Counted: a page that reconnects overlaps with its own last connection.
        self._here[page] = self._here.get(page, 0) + 1
        if self._task is None or self._task.done() or self._task.get_loop() is not asyncio.get_running_loop():
            self._task = asyncio.create_task(self._beat())

    def discard(self, page: Page) -> None:
        left = self._here.pop(page, 0) - 1
        if left > 0:
            self._here[page] = left

    async def _beat(self) -> None:
        while self._here:
            await asyncio.sleep(HEARTBEAT)
            try:
                await db(self._note, list(self._here))
            except Exception as error:
                if is_storage_full(error):
                    log_storage_full(error)
                else:
                    logger.exception("Connected pages could not be stamped; the next beat tries again")
