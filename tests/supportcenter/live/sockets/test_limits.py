"""What a person may send and hold is counted over all their sockets."""

from unittest.mock import ANY

import pytest

from supportcenter.live.delivery.close_codes import Code
from supportcenter.live.delivery.messages import TakeoverMessage
from supportcenter.live.sockets.limits import Rates
from supportcenter.refusals import Forbidden
from tests.realtime import Page, in_database, open_page
from tests.supportcenter.live.conftest import CUSTOMER, STAFF, STREAM, StreamConsumer, tell

pytestmark = pytest.mark.django_db(transaction=True)

PONG = {"frame": "pong", "now": ANY}


class Strict(StreamConsumer):
    """Four frames a person, and no more ever after."""

    rates = Rates(frames=(0, 4), signal_bytes=(0, 0))


class Refusing(StreamConsumer):
    async def handle_signal(self, type, to, data):
        raise Forbidden


class Twofold(StreamConsumer):
    sockets_per_person = 2


class Telling(StreamConsumer):
    def __init__(self, story):
        super().__init__()
        self.story = story

    async def detached(self):
        self.story.append((self.viewer.key, self.is_replaced))


async def test_sockets_of_one_person_share_their_frames(caplog):
    app = Strict.as_asgi()
    async with open_page(app, STAFF, page="one") as one, open_page(app, STAFF, page="two") as two:
        await one.expect_nothing_more()
        await two.expect_nothing_more()
        await one.send(frame="ping")
        await one.expect_close(Code.TOO_MANY)
        async with open_page(app, CUSTOMER) as carol:
            await carol.expect_nothing_more()
    assert "socket_flood viewer=" in caplog.text


async def test_connecting_again_gives_no_frames_back():
    app = Strict.as_asgi()
    async with open_page(app, STAFF) as page:
        for _ in range(3):
            await page.expect_nothing_more()
    async with open_page(app, STAFF, after=None) as page:
        await page.send(frame="follow", after=0, page="page-1")
        await page.expect_close(Code.TOO_MANY)


async def test_connecting_again_forgives_no_bad_frames(app):
    for _ in range(4):
        async with open_page(app, STAFF) as page:
            await page.send_text("nonsense")
            await page.expect_refusal("not_understood")
    async with open_page(app, STAFF) as page:
        await page.send_text("nonsense")
        await page.expect_refusal("not_understood")
        await page.expect_close(Code.NOT_UNDERSTOOD)


async def test_only_a_few_refusals_are_told():
    async with open_page(Refusing.as_asgi(), STAFF) as page:
        for _ in range(30):
            await page.signal("knock")
        await page.send(frame="ping")
        frames = [await page.next_frame()]
        while frames[-1] != PONG:
            frames.append(await page.next_frame())
    # Ten at once; another may have become due meanwhile.
    assert 10 <= len(frames) - 1 < 15
    assert {frame["frame"] for frame in frames[:-1]} == {"refused"}


async def test_page_that_connects_again_takes_over_and_is_not_gone():
    story = []
    app = Telling.as_asgi(story=story)
    async with open_page(app, STAFF) as first, open_page(app, STAFF, page="other") as other:
        async with open_page(app, STAFF) as second:
            await first.expect_close(Code.OPENED_ELSEWHERE)
            await first.leave()
            assert story == [("amal", True)]

            await in_database(tell)
            await second.next_event()
            await second.expect_nothing_more()
            await other.next_event()
            await other.expect_nothing_more()
        assert story == [("amal", True), ("amal", False)]


async def test_late_word_of_an_earlier_connection_closes_none(app):
    async with open_page(app, STAFF) as page:
        app.consumer_class.hub.publish(TakeoverMessage(STREAM, "amal", "page-1", "0"))
        await page.expect_nothing_more()


async def test_pages_without_a_name_or_of_other_people_do_not_meet(app):
    async with (
        open_page(app, STAFF, page=None) as first,
        open_page(app, STAFF, page=None) as second,
        open_page(app, CUSTOMER) as carol,
        open_page(app, STAFF) as amal,
    ):
        for page in (first, second, carol, amal):
            await page.expect_nothing_more()


async def test_oldest_of_too_many_sockets_gives_way():
    app = Twofold.as_asgi()
    async with open_page(app, STAFF, page="1") as oldest, open_page(app, STAFF, page="2") as older:
        async with open_page(app, STAFF, page="3") as newest, open_page(app, CUSTOMER) as carol:
            await oldest.expect_close(Code.OPENED_ELSEWHERE)
            for page in (older, newest, carol):
                await page.expect_nothing_more()
        # A place that has become free is there for the next one.
        async with open_page(app, STAFF, page="4") as next_page:
            await next_page.expect_nothing_more()
            await older.expect_nothing_more()


async def test_thirty_sockets_of_one_page_are_one_in_the_end(app):
    pages = []
    # Each sends a frame, and of those a person may send forty at once.
    for _ in range(30):
        page = Page(app, STAFF)
        await page.open()
        await page.follow()
        pages.append(page)

    for page in pages[:-1]:
        await page.expect_close(Code.OPENED_ELSEWHERE)
        await page.leave()
    await pages[-1].expect_nothing_more()
    await pages[-1].leave()
