"""A page that stops reading harms nobody, on any server."""

import asyncio

import pytest

from supportcenter.live.delivery.transport import send_signal
from tests.realtime import Page, in_database, open_page
from tests.supportcenter.live.conftest import STREAM, tell, tell_many

pytestmark = pytest.mark.django_db(transaction=True)

STAFF = "/staff/amal/"


async def open_stuck_page(app, path):
    """A page that takes two messages and then no more, on a server that waits for it."""
    page = Page(app, path)
    page._socket._output_queue = asyncio.Queue(maxsize=2)
    await page.open()
    await page.follow()
    return page


async def test_page_that_stops_reading_is_closed_and_the_others_go_on(app, settings):
    settings.SOCKET_BYTE_BUDGET = 10_000
    stuck = await open_stuck_page(app, "/everyone/carol/")
    async with open_page(app, STAFF) as reading:
        for number in range(30):
            await in_database(tell, number=number, pad="x" * 1000)
            assert (await reading.next_event())["data"]["number"] == number

    taken = await stuck.next_events(2)
    assert [event["data"]["number"] for event in taken] == [0, 1]
    await stuck.expect_close(1013)
    await stuck.leave()


async def test_page_that_reads_slowly_misses_signals_and_no_event(app, settings):
    """Signals may be lost, so they cost neither the connection nor an event its place."""
    settings.SOCKET_BYTE_BUDGET = 10_000
    slow = await open_stuck_page(app, "/everyone/carol/")
    async with open_page(app, STAFF) as reading:
        for number in range(100):
            await in_database(send_signal, STREAM, None, "drop", {"number": number, "pad": "x" * 1000}, None)
            assert (await reading.next_signal())["data"]["number"] == number
        for number in range(4):
            await in_database(tell, number=number, pad="x" * 1000)
            await reading.next_event()

    heard = [frame async for frame in until_silent(slow)]
    assert [frame["data"]["number"] for frame in heard if frame["frame"] == "event"] == list(range(4))
    assert 2 <= len([frame for frame in heard if frame["frame"] == "signal"]) < 10
    await slow.leave()


async def until_silent(page):
    """What waits for the page, until it has been answered a question."""
    await page.send(frame="ping")
    while (frame := await page.next_frame())["frame"] != "pong":
        yield frame


async def test_replay_goes_at_the_pace_of_the_page(app, settings, monkeypatch):
    monkeypatch.setattr("supportcenter.live.sockets.send_buffer.PAUSE", 0.001)
    settings.SOCKET_BYTE_BUDGET = 2_000
    await in_database(tell_many, 100, pad="x" * 200)

    page = await open_stuck_page(app, STAFF)

    assert [event["seq"] for event in await page.next_events(100)] == list(range(1, 101))
    await page.leave()


async def test_replay_gives_up_a_page_that_takes_too_little(app, settings, monkeypatch):
    monkeypatch.setattr("supportcenter.live.sockets.send_buffer.PATIENCE", 0)
    settings.SOCKET_BYTE_BUDGET = 2_000
    await in_database(tell_many, 100, pad="x" * 200)

    page = await open_stuck_page(app, STAFF)

    # What is on its way when the socket closes, the page still gets.
    taken = 0
    while (message := await page._socket.receive_output(5))["type"] == "websocket.send":
        taken += 1
    assert message == {"type": "websocket.close", "code": 1013}
    assert 2 <= taken < 100
    await page.leave()
