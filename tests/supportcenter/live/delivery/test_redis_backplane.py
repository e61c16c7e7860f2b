"""Two hubs as in two processes, over a real Redis (tests/services.py)."""

import asyncio
import json
import secrets

import pytest
import redis

from supportcenter.live.delivery import transport
from supportcenter.live.delivery.close_codes import Code
from supportcenter.live.delivery.hub import Hub
from supportcenter.live.delivery.redis_backplane import publish_once
from supportcenter.live.delivery.transport import close_sockets, send_signal
from supportcenter.refusals import Gone
from tests.realtime import in_database, open_page
from tests.supportcenter.live.conftest import STREAM, StreamConsumer, tell, tell_many

STAFF = "/staff/amal/"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def channel():
    return f"test.{secrets.token_hex(8)}"


@pytest.fixture
async def here(channel, redis_url, monkeypatch):
    """The hub of the process that acts."""
    hub = Hub(redis_url, channel)
    monkeypatch.setattr(transport, "hub", hub)
    yield hub
    await hub.close()


@pytest.fixture
async def there(channel, redis_url):
    """The hub of another process."""
    hub = Hub(redis_url, channel)
    yield hub
    await hub.close()


def app_at(hub, consumer=StreamConsumer):
    return type("Consumer", (consumer,), {"hub": hub}).as_asgi()


def subscribers(url, channel):
    return dict(redis.Redis.from_url(url).pubsub_numsub(channel))[channel.encode()]


async def subscribed(url, channel, count):
    async with asyncio.timeout(5):
        while subscribers(url, channel) != count:  # noqa: ASYNC110 - only Redis knows
            await asyncio.sleep(0.01)


async def cut_off(url, hub):
    """Redis drops the hub's subscription, as it does when it restarts. Others on this Redis are left alone."""
    client = redis.asyncio.Redis.from_url(url)
    async with client:
        mine = [row["id"] for row in await client.client_list(_type="pubsub") if row["name"] == hub._backplane.name]
        assert len(mine) == 1
        await client.client_kill_filter(_id=mine[0])


async def test_events_reach_pages_of_both_processes(here, there, channel, redis_url):
    async with open_page(app_at(here), STAFF) as near, open_page(app_at(there), STAFF, page="page-2") as far:
        await subscribed(redis_url, channel, 2)
        await in_database(tell_many, 20)

        assert [event["seq"] for event in await far.next_events(20)] == list(range(1, 21))
        assert [event["seq"] for event in await near.next_events(20)] == list(range(1, 21))
        await near.expect_nothing_more()
        await far.expect_nothing_more()


async def test_page_that_connects_to_another_process_takes_over_there(here, there, channel, redis_url):
    async with open_page(app_at(here), STAFF) as before, open_page(app_at(here), STAFF, page="other") as other:
        await before.expect_nothing_more()
        # What is told before a process listens is for no one.
        await subscribed(redis_url, channel, 1)
        async with open_page(app_at(there), STAFF) as after:
            await before.expect_close(Code.OPENED_ELSEWHERE)
            await subscribed(redis_url, channel, 2)
            await in_database(tell)
            await after.next_event()
            await after.expect_nothing_more()
            await other.next_event()


async def test_customers_of_another_process_hear_nothing_of_staff_events(here, there, channel, redis_url):
    async with open_page(app_at(here), STAFF), open_page(app_at(there), "/everyone/carol/") as far:
        await subscribed(redis_url, channel, 2)
        await in_database(tell, audience="staff")
        await in_database(tell, text="مرحبا")

        event = await far.next_event()
        assert (event["seq"], event["after"], event["data"]) == (2, 0, {"text": "مرحبا"})


async def test_signals_and_ends_reach_another_process(here, there, channel, redis_url):
    async with open_page(app_at(here), STAFF), open_page(app_at(there), "/everyone/carol/") as far:
        await subscribed(redis_url, channel, 2)
        await in_database(send_signal, STREAM, "carol", "rtc.description", {"sdp": "…"}, None)
        await in_database(close_sockets, STREAM, "carol", Code.OVER)

        assert (await far.next_signal())["data"] == {"sdp": "…"}
        await far.expect_close(4410)


async def test_process_without_pages_reaches_those_that_have_some(here, there, channel, redis_url):
    async with open_page(app_at(there), STAFF, page="page-2") as far:
        await subscribed(redis_url, channel, 1)
        await in_database(tell)

        assert (await far.next_event())["seq"] == 1


async def test_page_finds_in_the_log_what_redis_lost(here, there, channel, redis_url):
    async with open_page(app_at(there), STAFF, page="page-2") as far:
        await subscribed(redis_url, channel, 1)
        await cut_off(redis_url, there)
        await subscribed(redis_url, channel, 0)
        # Nobody is there to hear this.
        await in_database(tell_many, 3)

        assert [event["seq"] for event in await far.next_events(3)] == [1, 2, 3]
        await in_database(tell)
        assert (await far.next_event())["seq"] == 4
        await far.expect_nothing_more()


async def test_page_that_has_to_go_goes_although_redis_lost_word_of_it(here, there, channel, redis_url):
    class Revocable(StreamConsumer):
        revoked = False

        async def authorise(self):
            if Revocable.revoked:
                raise Gone
            return await super().authorise()

    async with open_page(app_at(there, Revocable), STAFF) as far:
        await subscribed(redis_url, channel, 1)
        await far.expect_nothing_more()
        Revocable.revoked = True
        await cut_off(redis_url, there)

        await far.expect_close(4410)


# What a process of another release may say, and what is no message at all.
STRANGE = {
    "an older name": json.dumps(["other", "EventPost", STREAM, 1, 0, {"frame": "{}"}, None]),
    "a newer field": json.dumps(["other", "event", STREAM, 1, 0, {"frame": "{}"}, None, "more"]),
    "another type": json.dumps(["other", "event", STREAM, "1", 0, {"frame": "{}"}, None]),
    "no stream": json.dumps(["other", "news"]),
    "no list": json.dumps({"event": 1}),
    "a number": "7",
    "no JSON": b"\xff\x00",
    "nested too deeply": "[" * 100_000,
}


@pytest.mark.parametrize("said", STRANGE.values(), ids=STRANGE)
async def test_what_another_release_says_makes_pages_read_the_log(there, channel, redis_url, said):
    async with open_page(app_at(there), STAFF, page="page-2") as far:
        await subscribed(redis_url, channel, 1)
        await far.expect_nothing_more()
        # This process was not told, so the page knows of it from the log alone.
        await in_database(tell)
        redis.Redis.from_url(redis_url).publish(channel, said)

        assert (await far.next_event())["seq"] == 1


async def test_what_another_release_says_is_logged_once_for_each_name(here, there, channel, redis_url, caplog):
    async with open_page(app_at(there), STAFF, page="page-2") as far:
        await subscribed(redis_url, channel, 1)
        client = redis.Redis.from_url(redis_url)
        for name in ["news", "news", *(f"news {number}" for number in range(50))]:
            client.publish(channel, json.dumps(["other", name, STREAM]))
        await in_database(tell)

        assert (await far.next_event())["seq"] == 1
        told = [record.args[0] for record in caplog.records if "another release" in record.msg]
        assert told == ["news", *(f"news {number}" for number in range(19))]


async def test_fault_while_news_is_delivered_does_not_end_the_listening(here, there, channel, redis_url, caplog):
    class Fragile:
        """A subscription with a fault that shows once."""

        def hear_gap(self):
            pass

        def hear_event(self, seq, after, frame):
            there.leave(STREAM, self)
            raise ZeroDivisionError

        is_staff = True

    async with open_page(app_at(there), STAFF, page="page-2") as far:
        await subscribed(redis_url, channel, 1)
        there.join(STREAM, Fragile())
        await in_database(tell_many, 2)
        assert [event["seq"] for event in await far.next_events(2)] == [1, 2]
        await subscribed(redis_url, channel, 1)
        await in_database(tell)

        assert (await far.next_event())["seq"] == 3
    assert "ZeroDivisionError" in caplog.text


async def test_signal_to_half_a_character_keeps_no_news_from_other_processes(here, there, channel, redis_url):
    async with open_page(app_at(here), STAFF) as near, open_page(app_at(there), STAFF, page="page-2") as far:
        await subscribed(redis_url, channel, 2)
        await near.signal("rtc.bye", {"page": "page-1"}, to="\ud800")
        await near.expect_nothing_more()
        await in_database(tell)

        assert (await far.next_event())["seq"] == 1


async def test_redis_that_is_away_harms_nobody_here(monkeypatch):
    away = Hub("redis://127.0.0.1:1/0", "test.away")
    monkeypatch.setattr(transport, "hub", away)
    async with open_page(app_at(away), STAFF) as page:
        await in_database(tell_many, 3)

        assert [event["seq"] for event in await page.next_events(3)] == [1, 2, 3]
    await away.close()


def test_redis_that_is_away_harms_no_worker(caplog):
    from supportcenter.live.delivery.messages import GapMessage

    publish_once("redis://127.0.0.1:1/0", GapMessage(), "test.away")

    assert "were not told" in caplog.text
