"""Whatever the hub does to an event on its way, a page sees each exactly once and in order."""

import asyncio
import random
from dataclasses import replace

import pytest

from supportcenter.live.delivery import transport
from supportcenter.live.delivery.hub import Hub
from supportcenter.live.delivery.messages import EventMessage, Message
from tests.realtime import Page, in_database, open_page
from tests.supportcenter.live.conftest import STREAM, StreamConsumer, tell, tell_many

pytestmark = pytest.mark.django_db(transaction=True)

STAFF, CUSTOMER = "/staff/amal/", "/everyone/carol/"


class Chaos(Hub):
    """Loses, doubles and delays messages as chance will have it."""

    def __init__(self, seed):
        super().__init__()
        self._chance = random.Random(seed)
        self._late = []

    def publish(self, message):
        fate = self._chance.choice(["arrives", "is lost", "comes twice", "comes late", "lets the late pass"])
        if fate == "comes late":
            self._late.append(message)
        if fate in ("arrives", "comes twice", "lets the late pass"):
            super().publish(message)
        if fate == "comes twice":
            super().publish(message)
        if fate == "lets the late pass":
            self._chance.shuffle(self._late)
            while self._late:
                super().publish(self._late.pop())

    def be_calm(self):
        self.publish = super().publish


def at(hub):
    return type("Consumer", (StreamConsumer,), {"hub": hub}).as_asgi()


@pytest.fixture
def publish_through(monkeypatch):
    def use(hub):
        monkeypatch.setattr(transport, "hub", hub)
        return hub

    return use


@pytest.mark.parametrize("seed", range(5))
async def test_pages_see_each_event_once_and_in_order_through_chaos(publish_through, seed):
    hub = publish_through(Chaos(seed))
    chance = random.Random(seed)
    audiences = [chance.choice(["everyone", "everyone", "staff"]) for _ in range(60)] + ["everyone"]
    visible = [seq for seq, audience in enumerate(audiences, 1) if audience == "everyone"]

    async with open_page(at(hub), STAFF) as staff, open_page(at(hub), CUSTOMER) as customer:
        for audience in audiences[:-1]:
            await in_database(tell, audience=audience)
        hub.be_calm()
        await in_database(tell)

        assert [event["seq"] for event in await staff.next_events(len(audiences))] == list(range(1, 62))
        assert [event["seq"] for event in await customer.next_events(len(visible))] == visible
        await staff.expect_nothing_more()
        await customer.expect_nothing_more()


async def test_events_that_come_while_the_page_catches_up_are_neither_lost_nor_doubled(app):
    await in_database(tell_many, 100)
    page = Page(app, STAFF)
    await page.open()
    telling = asyncio.ensure_future(in_database(tell_many, 100))
    await page.follow(0)

    assert [event["seq"] for event in await page.next_events(200)] == list(range(1, 201))
    await page.expect_nothing_more()
    await telling
    await page.leave()


class Counting(Hub):
    """Loses the events named, and is otherwise a hub."""

    def __init__(self, lost):
        super().__init__()
        self._lost = lost

    def publish(self, message):
        if not (isinstance(message, EventMessage) and message.seq in self._lost):
            super().publish(message)


async def test_gap_is_read_from_the_log_once_for_a_burst(publish_through, monkeypatch):
    from supportcenter.live.sockets import subscription

    hub = publish_through(Counting(lost={2}))
    read_page, reads = subscription._read_page, []
    monkeypatch.setattr(subscription, "_read_page", lambda *args: reads.append(args) or read_page(*args))

    async with open_page(at(hub), STAFF) as page:
        await in_database(tell_many, 30)

        assert [event["seq"] for event in await page.next_events(30)] == list(range(1, 31))
        # One for the gap, and at most one for what arrived while it was being read.
        assert 1 <= len(reads) <= 2 + 30 // 10


async def test_what_comes_while_the_log_is_read_needs_no_other_reading(app, monkeypatch):
    """Else a page that comes while much is said would read for ever, an event a time, and never be live."""
    from supportcenter.live.sockets import subscription

    await in_database(tell_many, 3)
    read_page, reads = subscription._read_page, []

    def read_while_others_talk(*args):
        found = read_page(*args)
        reads.append(len(found))
        if len(reads) < 10:
            tell_many(5)
        return found

    monkeypatch.setattr(subscription, "_read_page", read_while_others_talk)
    page = Page(app, STAFF)
    await page.open()
    await page.follow(0)

    assert [event["seq"] for event in await page.next_events(8)] == list(range(1, 9))
    await page.expect_nothing_more()
    assert reads == [3]
    await page.leave()


async def test_log_that_was_cut_behind_the_page_asks_it_to_reload(app):
    from supportcenter.live.models import Event

    await in_database(tell_many, 5)
    await in_database(lambda: Event.objects.filter(seq__lte=3).delete())

    async with open_page(app, STAFF, after=1) as page:
        assert await page.next_frame() == {"frame": "reload"}
    async with open_page(app, STAFF, after=3) as page:
        assert [event["seq"] for event in await page.next_events(2)] == [4, 5]


class LateConsumer(StreamConsumer):
    """Its viewers have come after the third event."""

    async def authorise(self):
        return replace(await super().authorise(), since=3)


async def test_what_was_before_a_viewer_came_is_not_replayed():
    await in_database(tell_many, 5)

    async with open_page(LateConsumer.as_asgi(), CUSTOMER, after=2) as page:
        assert await page.next_frame() == {"frame": "reload"}
    async with open_page(LateConsumer.as_asgi(), CUSTOMER, after=3) as page:
        assert [event["seq"] for event in await page.next_events(2)] == [4, 5]


async def test_log_that_was_emptied_asks_the_page_to_reload(app):
    from supportcenter.live.models import Event

    await in_database(tell_many, 5)
    await in_database(lambda: Event.objects.all().delete())

    async with open_page(app, CUSTOMER, after=4) as page:
        assert await page.next_frame() == {"frame": "reload"}


async def test_log_that_cannot_be_read_closes_the_socket_and_the_page_comes_back(app, monkeypatch, caplog):
    async with open_page(app, STAFF) as page:
        await page.expect_nothing_more()
        monkeypatch.setattr("supportcenter.live.sockets.subscription.PAGE", "no number")
        transport.hub.publish(SomeMessage(STREAM))

        await page.expect_close(1011)
    assert STREAM in caplog.text


class SomeMessage(Message):
    def reach(self, subscription):
        subscription.check_log()
