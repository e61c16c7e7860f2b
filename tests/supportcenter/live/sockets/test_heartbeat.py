import asyncio

import pytest

from supportcenter.live.sockets import heartbeat
from supportcenter.live.sockets.heartbeat import Heartbeat


class Notes:
    """What is stamped, for a test that waits for it; `fails` of the first stamps fail."""

    def __init__(self, fails=0):
        self._loop, self._stamped = asyncio.get_running_loop(), asyncio.Queue()
        self._fails = fails

    def note(self, pages):
        self._loop.call_soon_threadsafe(self._stamped.put_nowait, sorted(pages))
        if self._fails:
            self._fails -= 1
            raise ZeroDivisionError

    async def next(self):
        return await asyncio.wait_for(self._stamped.get(), 5)

    async def settled(self, pages):
        """Wait until just these are stamped, whatever was on its way."""
        async with asyncio.timeout(5):
            while await self.next() != pages:
                pass


@pytest.fixture(autouse=True)
def quick_beat(monkeypatch):
    monkeypatch.setattr(heartbeat, "HEARTBEAT", 0.001)


async def test_connected_pages_are_stamped_together_for_as_long_as_they_are_connected():
    notes = Notes()
    beat = Heartbeat(notes.note)
    beat.add(1)
    beat.add(2)
    assert await notes.next() == [1, 2]

    beat.discard(1)
    await notes.settled([2])
    [task] = asyncio.all_tasks() - {asyncio.current_task()}
    beat.discard(2)
    # Without pages the beat ends; it starts again with the next one.
    await asyncio.wait_for(task, 5)
    beat.add(3)
    await notes.settled([3])
    beat.discard(3)


async def test_page_that_reconnects_is_stamped_although_its_last_connection_ends_later():
    notes = Notes()
    beat = Heartbeat(notes.note)
    beat.add(1)
    beat.add(1)
    beat.discard(1)
    await notes.settled([1])
    beat.discard(1)


async def test_stamp_that_fails_is_told_and_followed_by_the_next(caplog):
    notes = Notes(fails=1)
    beat = Heartbeat(notes.note)
    beat.add(1)

    assert [await notes.next(), await notes.next()] == [[1], [1]]
    beat.discard(1)
    assert "ZeroDivisionError" in caplog.text
