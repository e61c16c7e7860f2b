"""Lanes: a few threads each, and a line before them that has an end."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeVar

from supportcenter.refusals import Busy, require
from supportcenter.trace import carried

Answer = TypeVar("Answer")
# The first message after a request's body: its client has gone.
Departure = asyncio.Future[Any]


class Lane:
    """Work for `threads` threads, in the order of coming, but whose work is done lets others go first, and nobody has
    more than `at_once` of them.

    At most `most_waiting` wait, of one person at most `each_waiting`: who comes after them hears at once that the site
    is busy, which is better than to wait for ever. The event loop's thread alone calls this.
    """

    def __init__(
        self, name: str, *, threads: int, most_waiting: int, each_waiting: int, at_once: int | None = None
    ) -> None:
        self.pool = ThreadPoolExecutor(threads, name)
        # Twice as many may be in the pool, so that no thread waits for the event loop between two requests. Where each
        # person has a share, a place is a thread.
        self._places = threads if at_once else 2 * threads
        self._at_once = at_once or self._places
        self._most_waiting, self._each_waiting = most_waiting, each_waiting
        self._has_place: Counter[str] = Counter()
        self._waiting: dict[asyncio.Future[bool], str] = {}

    async def run(self, person: str, departure: Departure, work: Callable[[], Answer]) -> Answer | None:
        """Do `work` in a thread when its turn comes; None if the client went before it began. Raises Busy."""
        async with self.turn(person, departure) as is_there:
            if not is_there:
                return None
            done = self.pool.submit(carried(work))
            # Nobody waits any more: what is still in the pool's queue costs nothing. What runs, runs to its end.
            departure.add_done_callback(lambda _: done.cancel())
            try:
                return await asyncio.wrap_future(done)
            except asyncio.CancelledError:
                if done.cancelled() and departure.done():
                    return None
                raise

    @asynccontextmanager
    async def turn(self, person: str, departure: Departure, *, has_begun: bool = False) -> AsyncIterator[bool]:
        """A place in the lane; False, and none, if the client went meanwhile.

        Raises Busy if too many wait, but not for an answer that `has_begun`: it cannot be taken back.
        """
        if not await self._place(person, departure, has_begun=has_begun):
            yield False
            return
        try:
            yield True
        finally:
            self._leave(person)

    @property
    def waiting(self) -> int:
        """How many requests wait for a thread."""
        return len(self._waiting)

    async def _place(self, person: str, departure: Departure, *, has_begun: bool) -> bool:
        if self._may_begin(person):
            self._has_place[person] += 1
            return True
        of_person = sum(each == person for each in self._waiting.values())
        has_room = len(self._waiting) < self._most_waiting and of_person < self._each_waiting
        require(has_begun or has_room, Busy)
        turn: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting[turn] = person
        give_up = partial(self._give_up, turn)
        departure.add_done_callback(give_up)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.result():
                self._leave(person)
            raise
        finally:
            departure.remove_done_callback(give_up)
            self._waiting.pop(turn, None)

    def _may_begin(self, person: str) -> bool:
        return self._has_place.total() < self._places and self._has_place[person] < self._at_once

    def _give_up(self, turn: asyncio.Future[bool], departure: Departure) -> None:
        if self._waiting.pop(turn, None) and not turn.done():
            turn.set_result(False)

    def _leave(self, person: str) -> None:
        self._has_place[person] -= 1
        if not self._has_place[person]:
            del self._has_place[person]
        # Others first: who waits with several pages keeps them out for one of these at a time.
        for turn, waiting in sorted(self._waiting.items(), key=lambda each: each[1] == person):
            if not turn.done() and self._may_begin(waiting):
                del self._waiting[turn]
                self._has_place[waiting] += 1
                turn.set_result(True)
                return
