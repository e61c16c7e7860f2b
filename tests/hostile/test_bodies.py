"""Large bodies and slow ones of strangers, while ten honest sessions go on."""

import asyncio

import pytest

from tests.hostile.bodies import MIB, Dribbler, LargeBodies, stored_bytes, unnamed_bytes
from tests.site_process import wait_until

pytestmark = pytest.mark.process

LINES = 10


async def test_large_bodies_are_refused_and_leave_nothing(site, guests):
    before = stored_bytes(site.data_dir)
    async with LargeBodies(site) as attack:
        await guests.talk(LINES)
        assert unnamed_bytes(site) < MIB
    assert set(attack.seen) <= {413, None}
    assert attack.seen[413] > 0
    await asyncio.to_thread(wait_until, lambda: unnamed_bytes(site) == 0)
    assert stored_bytes(site.data_dir) == before


async def test_bytes_that_come_one_by_one_are_not_waited_for(site, guests):
    """Each of these connections is ended by the server, however often it says something."""
    before = stored_bytes(site.data_dir)
    async with Dribbler(site) as attack:
        await guests.talk(LINES)
    assert set(attack.seen) <= {408, None}
    await asyncio.to_thread(wait_until, lambda: unnamed_bytes(site) == 0)
    assert stored_bytes(site.data_dir) == before
