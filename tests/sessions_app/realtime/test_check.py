"""The echo of the connection check: for everybody, and not for much."""

from contextlib import asynccontextmanager

import pytest

from sessions_app.realtime import check
from supportcenter.asgi import websocket
from tests.realtime import Page

PATH = "/ws/check/"


@pytest.fixture(autouse=True)
def room():
    check.crowd.clear()
    yield
    assert check.crowd.open == 0
    check.crowd.clear()


@asynccontextmanager
async def checking(**how):
    page = Page(websocket, PATH, **how)
    await page.open()
    yield page
    await page.leave()


async def ping(page):
    await page.send_text(check.PING)
    assert await page.next_frame() == {"frame": "pong"}


async def test_it_answers_anybody_as_often_as_a_check_asks_and_no_more():
    async with checking() as page:
        for _echo in range(check.MOST_ECHOES):
            await ping(page)
        await page.expect_close(1000)


@pytest.mark.parametrize("said", ['{"frame":"follow","after":0}', "x" * 70_000, ""], ids=["follow", "much", "nothing"])
async def test_it_takes_nothing_but_pings(said):
    async with checking() as page:
        await page.send_text(said)
        await page.expect_close(4400)


async def test_bytes_are_no_ping():
    async with checking() as page:
        await page.send_bytes(check.PING.encode())
        await page.expect_close(4400)


@pytest.mark.parametrize("origin", ["https://evil.example", None])
async def test_pages_of_others_have_no_use_of_it(origin):
    async with checking(origin=origin) as page:
        await page.expect_close(4403)


async def test_an_address_has_so_many_and_its_neighbour_as_many():
    for _socket in range(check.OF_ADDRESS[1]):
        async with checking() as page:
            await ping(page)
    async with checking() as page:
        await page.expect_close(4429)
    async with checking(address="198.51.100.7") as page:
        await ping(page)


async def test_the_process_has_so_many_at_a_time(monkeypatch):
    monkeypatch.setattr(check, "MOST_AT_ONCE", 1)
    async with checking() as first:
        await ping(first)
        async with checking(address="198.51.100.7") as second:
            await second.expect_close(4429)
    async with checking() as third:
        await ping(third)


async def test_one_that_says_nothing_is_closed_after_a_while(monkeypatch):
    monkeypatch.setattr(check, "LIFETIME", 0.01)
    async with checking() as page:
        await page.expect_close(1000)


async def test_a_page_that_goes_at_once_is_no_fault():
    """The server raises where it has nobody to send to any more."""

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        raise RuntimeError("Attempt to send on a closed protocol")

    scope = {"type": "websocket", "headers": [], "client": ("192.0.2.7", 1), "path": PATH, "query_string": b""}

    await check.CheckConsumer()(scope, receive, send)
