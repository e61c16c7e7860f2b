import asyncio
from contextlib import AsyncExitStack

import pytest

from supportcenter.refusals import Busy
from supportcenter.serving.lanes import Lane


@pytest.fixture
def lane():
    """Two threads, one for each person; three may wait, two of one person."""
    lane = Lane("test", threads=2, at_once=1, most_waiting=3, each_waiting=2)
    yield lane
    lane.pool.shutdown()


@pytest.fixture
async def here():
    """The departure of someone who stays."""
    return asyncio.get_running_loop().create_future()


async def waits(lane, person, departure):
    """Ask for a turn that is not free yet; the task ends with whether there was one."""

    async def ask():
        async with lane.turn(person, departure) as is_there:
            return is_there

    task = asyncio.ensure_future(ask())
    await asyncio.sleep(0)
    return task


async def test_work_is_done_in_a_thread(lane, here):
    assert await lane.run("amal", here, lambda: 7) == 7


async def test_person_who_has_a_place_leaves_the_other_to_others(lane, here):
    async with lane.turn("amal", here):
        second = await waits(lane, "amal", here)
        assert await lane.run("bilal", here, lambda: "read") == "read"
        assert not second.done()
    assert await second is True


async def test_line_keeps_the_order_of_coming(lane, here):
    async with AsyncExitStack() as places:
        for person in ("amal", "bilal"):
            await places.enter_async_context(lane.turn(person, here))
        order = []
        for person in ("carol", "dana"):
            (await waits(lane, person, here)).add_done_callback(lambda _, who=person: order.append(who))
    await lane.run("eve", here, lambda: None)
    assert order == ["carol", "dana"]


async def test_line_has_an_end(lane, here):
    async with lane.turn("amal", here), lane.turn("bilal", here):
        waiting = [await waits(lane, person, here) for person in ("carol", "dana", "eve")]
        with pytest.raises(Busy):
            await lane.run("faris", here, lambda: None)
    assert await asyncio.gather(*waiting) == [True] * 3


async def test_line_has_an_end_for_each_person(lane, here):
    async with lane.turn("amal", here):
        waiting = [await waits(lane, "amal", here) for _ in range(2)]
        with pytest.raises(Busy):
            await lane.run("amal", here, lambda: None)
        assert await lane.run("bilal", here, lambda: "read") == "read"
    assert await asyncio.gather(*waiting) == [True] * 2


async def test_answer_that_has_begun_waits_however_long_the_line_is(lane, here):
    async with lane.turn("amal", here):
        waiting = [await waits(lane, "amal", here) for _ in range(2)]

        async def next_piece():
            async with lane.turn("amal", here, has_begun=True) as is_there:
                return is_there

        piece = asyncio.ensure_future(next_piece())
        await asyncio.sleep(0)
    assert await asyncio.gather(*waiting, piece) == [True] * 3


async def test_person_who_goes_while_waiting_leaves_the_line(lane, here):
    goes = asyncio.get_running_loop().create_future()
    async with lane.turn("amal", here):
        waiting = await waits(lane, "amal", goes)
        goes.set_result(None)
        assert await waiting is False
    assert await lane.run("amal", here, lambda: 7) == 7


async def test_turn_is_passed_on_when_the_work_fails(lane, here):
    def fails():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await lane.run("amal", here, fails)
    assert await lane.run("amal", here, lambda: 7) == 7


async def test_cancelled_waiting_keeps_no_place(lane, here):
    async with lane.turn("amal", here):
        waiting = await waits(lane, "amal", here)
        waiting.cancel()
        await asyncio.wait([waiting])
    assert await lane.run("amal", here, lambda: 7) == 7


async def test_whose_work_is_done_lets_others_go_first(here):
    lane, order = Lane("test", threads=1, at_once=1, most_waiting=9, each_waiting=9), []

    async def read(person):
        async with lane.turn(person, here):
            order.append(person)

    async with lane.turn("amal", here):
        tasks = [asyncio.ensure_future(read(person)) for person in ("amal", "amal", "bilal", "dana")]
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    lane.pool.shutdown()
    assert order == ["bilal", "amal", "dana", "amal"]
