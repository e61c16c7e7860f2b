"""Which participants are connected to this process, stamped in the database all together every few seconds.

A process that is killed stops stamping, and that is how the others know that its pages are gone.
"""

import asyncio
import contextlib

from sessions_app.actions.presence import note_seen
from supportcenter.live.db import db

# Seconds; three missed stamps mean that the process has died (see jobs.py).
EVERY = 15


class Stamps:
    def __init__(self, note):
        self._note = note
        self._here = {}
        self._task = None

    def add(self, participant):
        # Counted: a page that takes over from another of the same participant overlaps with it.
        self._here[participant] = self._here.get(participant, 0) + 1
        if self._task is None or self._task.done() or self._task.get_loop() is not asyncio.get_running_loop():
            self._task = asyncio.create_task(self._keep_stamping())

    def discard(self, participant):
        left = self._here.pop(participant, 0) - 1
        if left > 0:
            self._here[participant] = left

    async def _keep_stamping(self):
        while self._here:
            await asyncio.sleep(EVERY)
            with contextlib.suppress(Exception):  # the next stamp will do
                await db(self._note, list(self._here))


stamps = Stamps(note_seen)
