"""Frames that no page of ours sends, and too many of them."""

import json
from unittest.mock import ANY

import pytest

from supportcenter.live.sockets.consumers import EventStreamConsumer
from supportcenter.live.sockets.limits import Rates
from tests.realtime import Page, open_page
from tests.supportcenter.live.conftest import STAFF, StreamConsumer

pytestmark = pytest.mark.django_db(transaction=True)

NONSENSE = [
    "no json",
    "[]",
    "17",
    "null",
    "{}",
    '{"frame": "unheard-of"}',
    '{"frame": "signal"}',
    '{"frame": "signal", "type": 7}',
    '{"frame": "signal", "type": "x", "to": {}}',
    '{"frame": "signal", "type": "x", "data": NaN}',
    '{"frame": ["signal"]}',
    "[" * 30_000,
    '{"frame":"signal","type":"x","data":' + "[" * 940 + "]" * 940 + "}",
    "\x00",
]


@pytest.mark.parametrize("text", NONSENSE, ids=range(len(NONSENSE)))
async def test_nonsense_is_refused_and_harms_nobody(text):
    class Deaf(StreamConsumer):
        async def handle_signal(self, type, to, data):
            json.dumps(data)
            await EventStreamConsumer.handle_signal(self, type, to, data)

    async with open_page(Deaf.as_asgi(), STAFF) as page:
        await page.send_text(text)
        await page.expect_refusal("not_understood")
        await page.expect_nothing_more()


@pytest.mark.parametrize("after", [None, -1, "7", 1.5, True, [1]])
async def test_follow_without_a_position_is_refused(app, after):
    async with open_page(app, STAFF, after=None) as page:
        await page.send(frame="follow", after=after, page="p")
        await page.expect_refusal("not_understood")
        await page.follow(0)


async def test_binary_is_refused(app):
    async with open_page(app, STAFF) as page:
        await page.send_bytes(b"\x00\x01")
        await page.expect_refusal("not_understood")


async def test_nonsense_again_and_again_ends_the_conversation(app):
    async with open_page(app, STAFF) as page:
        for _ in range(5):
            await page.send_text("nonsense")
        for _ in range(5):
            await page.expect_refusal("not_understood")
        await page.expect_close(4400)


async def test_frame_over_the_limit_ends_the_conversation(app):
    async with open_page(app, STAFF) as page:
        await page.send_text(json.dumps({"frame": "ping", "pad": "x" * 65_000}))
        assert await page.next_frame() == {"frame": "pong", "now": ANY}
        await page.send_text(json.dumps({"frame": "ping", "pad": "x" * 65_536}))
        await page.expect_close(4413)


async def test_too_many_frames_end_the_conversation():
    class Strict(StreamConsumer):
        rates = Rates(frames=(0, 3), signal_bytes=(0, 0))

    page = Page(Strict.as_asgi(), STAFF)
    await page.open()
    await page.follow()
    for _ in range(3):
        await page.send(frame="ping")
    assert [await page.next_frame() for _ in range(2)] == [{"frame": "pong", "now": ANY}] * 2
    await page.expect_close(4429)
    await page.leave()
