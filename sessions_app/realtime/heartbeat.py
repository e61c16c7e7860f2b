"""Which pages are connected to this process, stamped in the database all together every few seconds.

A process that is killed stops stamping, and that is how the others know that its pages are gone.
"""

import asyncio
import contextlib

from sessions_app.actions.presence.presence import note_seen
from supportcenter.live.sockets.db import db

# Seconds; three missed stamps mean that the process has died (see jobs.py).
EVERY = 15


class Heartbeat:
    def __init__(self, note):
        self._note = note
        self._here = {}
        self._task = None

    def add(self, page):
        # Counted: a page that connects anew overlaps with its own last connection.
        self._here[page] = self._here.get(page, 0) + 1
        if self._task is None or self._task.done() or self._task.get_loop() is not asyncio.get_running_loop():
            self._task = asyncio.create_task(self._keep_stamping())

    def discard(self, page):
        left = self._here.pop(page, 0) - 1
        if left > 0:
            self._here[page] = left

    async def _keep_stamping(self):
        while self._here:
            await asyncio.sleep(EVERY)
            with contextlib.suppress(Exception):  # the next stamp will do
                await db(self._note, list(self._here))


heartbeat = Heartbeat(note_seen)
