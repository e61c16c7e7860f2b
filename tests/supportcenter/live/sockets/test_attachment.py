"""Pages that come and go, and those that are sent away."""

import pytest

from supportcenter.live.delivery.close_codes import Code
from supportcenter.live.delivery.transport import close_sockets, send_signal
from supportcenter.refusals import Gone
from tests.realtime import in_database, open_page
from tests.supportcenter.live.conftest import CUSTOMER, STAFF, STREAM, StreamConsumer, tell

pytestmark = pytest.mark.django_db(transaction=True)


async def test_attached_and_detached_are_told_once_each():
    story = []

    class Telling(StreamConsumer):
        async def attached(self, frame):
            story.append(("attached", frame["page"]))

        async def detached(self):
            story.append(("detached", self.close_code))

    async with open_page(Telling.as_asgi(), STAFF) as page:
        await page.expect_nothing_more()
        assert story == [("attached", "page-1")]
    assert story == [("attached", "page-1"), ("detached", 1001)]


async def test_viewer_who_is_sent_away_while_the_page_arrives_does_not_stay():
    class SentAway(StreamConsumer):
        async def attached(self, frame):
            await in_database(send_signal, STREAM, None, "typing", {}, None)
            await in_database(close_sockets, STREAM, self.viewer.key, Code.OVER)

    async with open_page(SentAway.as_asgi(), CUSTOMER) as page:
        await page.expect_close(4410)


async def test_page_that_is_refused_when_it_follows_leaves_the_hub():
    class Refusing(StreamConsumer):
        async def attached(self, frame):
            raise Gone

        async def detached(self):
            raise AssertionError

    async with open_page(Refusing.as_asgi(), CUSTOMER, after=None) as page:
        await page.send(frame="follow", after=0)
        await page.expect_refusal("gone")
        await page.expect_close(4410)
    assert Refusing.hub._subscriptions == {}


async def test_page_that_never_follows_was_never_attached():
    class Telling(StreamConsumer):
        async def detached(self):
            raise AssertionError

    async with open_page(Telling.as_asgi(), STAFF, after=None):
        pass


async def test_page_that_does_not_say_where_it_is_is_closed():
    class Impatient(StreamConsumer):
        patience = 0.01

    async with open_page(Impatient.as_asgi(), STAFF, after=None) as page:
        await page.expect_close(4408)


async def test_close_sockets_ends_one_viewer_after_what_was_told_before(app):
    def leave():
        tell("participant.left")
        close_sockets(STREAM, "carol", Code.OVER)

    async with open_page(app, CUSTOMER) as carol, open_page(app, STAFF) as amal:
        await in_database(leave)

        assert (await carol.next_event())["type"] == "participant.left"
        await carol.expect_close(4410)
        await amal.next_event()
        await amal.expect_nothing_more()


async def test_close_sockets_spares_the_page_named(app):
    async with open_page(app, STAFF, page="old") as old, open_page(app, STAFF, page="new") as new:
        await in_database(close_sockets, STREAM, "amal", Code.OPENED_ELSEWHERE, keep="new")

        await old.expect_close(4409)
        await new.expect_nothing_more()


async def test_close_sockets_of_everybody(app):
    async with open_page(app, STAFF) as amal, open_page(app, CUSTOMER) as carol:
        await in_database(close_sockets, STREAM, None, Code.OVER)

        await amal.expect_close(4410)
        await carol.expect_close(4410)
