"""An attack goes on for as long as the honest people need, and does a fixed amount of work at least."""

import asyncio
from collections import Counter

from tests.hostile.wire import PATIENCE

# Of one attack. More would only wait in the site's own lines.
AT_ONCE = 12


class Attack:
    """async with SomeAttack(site, work=400) as attack: what goes on meanwhile.

    `once(number)` is one piece of the work. `seen` counts what became of the pieces: statuses, close codes, or None
    where the connection just went, and "hung" where there was no end.
    """

    work = 100
    at_once = AT_ONCE

    def __init__(self, site, *, work=None):
        self.site, self.port = site, site.port
        self.work = work or self.work
        self.seen = Counter()
        self._done = 0
        self._is_over = False
        self._has_begun = asyncio.Event()

    async def once(self, number):
        raise NotImplementedError

    async def leave(self):
        """What is left of it goes."""

    async def __aenter__(self):
        self._tasks = [asyncio.create_task(self._go_on()) for _ in range(self.at_once)]
        begun = asyncio.create_task(self._has_begun.wait())
        await asyncio.wait([begun, *self._tasks], return_when=asyncio.FIRST_COMPLETED)
        begun.cancel()
        return self

    async def __aexit__(self, *error):
        self._is_over = True
        try:
            if not error[0]:
                await asyncio.gather(*self._tasks)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self.leave()

    async def _go_on(self):
        while not self._is_over or self._done < self.work:
            number = self._done
            self._done += 1
            try:
                async with asyncio.timeout(PATIENCE):
                    await self.once(number)
            except TimeoutError:
                self.seen["hung"] += 1
            except (OSError, EOFError):
                self.seen[None] += 1
            self._has_begun.set()
