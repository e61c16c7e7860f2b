"""When messages were lost between processes: pages are authorised again."""

import asyncio

import pytest

from supportcenter.live.delivery.close_codes import Code
from supportcenter.live.delivery.messages import GapMessage
from tests.realtime import in_database, open_page
from tests.supportcenter.live.conftest import STAFF, StreamConsumer, tell

pytestmark = pytest.mark.django_db(transaction=True)


class Doubted(StreamConsumer):
    """Asked for again, it waits for `answer`, or fails if it is told to."""

    asked, fails = 0, False

    async def authorise(self):
        type(self).asked += 1
        if self.asked > 1:
            await self.answer.wait()
            if self.fails:
                raise ZeroDivisionError
        return await super().authorise()


@pytest.fixture
def doubted():
    return type("Consumer", (Doubted,), {"answer": asyncio.Event()})


async def test_many_gaps_ask_for_the_page_twice_at_most(doubted):
    async with open_page(doubted.as_asgi(), STAFF) as page:
        await page.expect_nothing_more()
        doubted.hub.publish(GapMessage())
        await page.expect_nothing_more()
        for _ in range(50):
            doubted.hub.publish(GapMessage())
        await page.expect_nothing_more()
        doubted.answer.set()
        await in_database(tell)

        await page.next_event()
        await page.expect_nothing_more()
        assert doubted.asked == 3


async def test_page_that_cannot_be_asked_for_again_does_not_stay(doubted, caplog):
    doubted.fails = True
    async with open_page(doubted.as_asgi(), STAFF) as page:
        await page.expect_nothing_more()
        doubted.answer.set()
        doubted.hub.publish(GapMessage())

        await page.expect_close(Code.FAILED)
    assert "ZeroDivisionError" in caplog.text
