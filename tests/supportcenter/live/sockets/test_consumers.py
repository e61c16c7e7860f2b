"""What a page hears: the events that it follows, and signals."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from supportcenter.live.delivery.transport import send_signal
from supportcenter.refusals import Forbidden
from tests.realtime import Page, in_database, open_page
from tests.supportcenter.live.conftest import CUSTOMER, STAFF, STREAM, StreamConsumer, tell, tell_many

pytestmark = pytest.mark.django_db(transaction=True)


def seqs(events):
    return [event["seq"] for event in events]


# ---- events down


async def test_event_reaches_the_page_as_the_protocol_says(app, amal):
    async with open_page(app, STAFF) as page:
        event = await in_database(tell, "chat.said", by=amal, text="مرحبا")

        assert await page.next_event() == {
            "frame": "event",
            "seq": 1,
            "after": 0,
            "type": "chat.said",
            "data": {"text": "مرحبا"},
            "actor": {"key": amal.event_key, "name": "Amal"},
            "at": event.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }


async def test_event_of_the_site_has_no_actor(app):
    async with open_page(app, STAFF) as page:
        await in_database(tell)
        assert (await page.next_event())["actor"] is None


async def test_page_resumes_after_what_it_knows(app):
    await in_database(tell_many, 5)

    async with open_page(app, STAFF, after=3) as page:
        assert seqs(await page.next_events(2)) == [4, 5]
        await in_database(tell)
        assert seqs(await page.next_events(1)) == [6]
        await page.expect_nothing_more()


async def test_replay_is_the_same_as_having_been_there(app):
    async with open_page(app, CUSTOMER) as there:
        await in_database(tell_many, 3)
        await in_database(tell, audience="staff")
        await in_database(tell, text="last")
        heard = await there.next_events(4)

    async with open_page(app, CUSTOMER) as later:
        assert await later.next_events(4) == heard


async def test_replay_goes_through_many_pages_of_the_log(app, monkeypatch):
    monkeypatch.setattr("supportcenter.live.sockets.subscription.PAGE", 4)
    await in_database(tell_many, 13)

    async with open_page(app, STAFF) as page:
        assert seqs(await page.next_events(13)) == list(range(1, 14))
        await page.expect_nothing_more()


async def test_customer_hears_nothing_of_staff_events_and_takes_none_for_lost(app):
    async with open_page(app, CUSTOMER) as customer, open_page(app, STAFF) as staff:
        for audience in ("everyone", "staff", "everyone"):
            await in_database(tell, audience=audience)

        assert [(event["seq"], event["after"]) for event in await staff.next_events(3)] == [(1, 0), (2, 1), (3, 2)]
        assert [(event["seq"], event["after"]) for event in await customer.next_events(2)] == [(1, 0), (3, 1)]
        await customer.expect_nothing_more()


async def test_page_of_another_stream_hears_nothing(app):
    async with open_page(app, STAFF) as page:
        await in_database(tell, stream="session.8")
        await in_database(tell)
        assert seqs(await page.next_events(1)) == [1]
        await page.expect_nothing_more()


@pytest.mark.parametrize("after", [4, 10**30])
async def test_page_from_the_future_is_asked_to_reload(app, after):
    await in_database(tell_many, 3)

    async with open_page(app, STAFF, after=after) as page:
        assert await page.next_frame() == {"frame": "reload"}
        await page.expect_close(1000)


async def test_page_too_far_behind_is_asked_to_reload(app, monkeypatch):
    monkeypatch.setattr("supportcenter.live.sockets.subscription.TOO_FAR_BEHIND", 3)
    await in_database(tell_many, 4)

    async with open_page(app, STAFF, after=1) as near:
        assert seqs(await near.next_events(3)) == [2, 3, 4]
    async with open_page(app, STAFF, after=0) as far:
        assert await far.next_frame() == {"frame": "reload"}


async def test_page_is_told_the_time_of_the_server(app):
    """It counts down by it, whatever its own computer's clock says."""
    page = Page(app, STAFF)
    await page.open()
    before = timezone.now()
    await page.send(frame="follow", after=0, page="page-1", secret="")
    await page.send(frame="ping")
    told = [datetime.fromisoformat((await page.next_frame())["now"]) for _ in range(2)]
    # JSON keeps milliseconds.
    assert before - timedelta(milliseconds=1) <= told[0] <= told[1] <= timezone.now()
    await page.leave()


# ---- signals


async def test_signal_reaches_the_one_it_is_addressed_to(app):
    async with (
        open_page(app, STAFF) as amal,
        open_page(app, CUSTOMER) as carol,
        open_page(app, "/staff/bilal/") as bilal,
    ):
        await carol.signal("rtc.candidate", {"candidate": "…"}, to="amal")

        assert await amal.next_signal() == {
            "frame": "signal",
            "type": "rtc.candidate",
            "from": {"key": "carol", "name": "Carol"},
            "data": {"candidate": "…"},
        }
        await bilal.expect_nothing_more()
        await carol.expect_nothing_more()


async def test_signal_to_all_reaches_all_but_its_sender(app):
    async with open_page(app, STAFF) as amal, open_page(app, CUSTOMER) as carol:
        await amal.signal("pointer.moved", [1, 2])

        assert (await carol.next_signal())["data"] == [1, 2]
        await amal.expect_nothing_more()


async def test_signal_of_the_site_comes_from_nobody(app):
    async with open_page(app, STAFF) as page:
        await in_database(send_signal, STREAM, "amal", "agent.hint", {}, None)
        assert (await page.next_signal())["from"] is None


async def test_signal_of_half_a_character_arrives_all_the_same(app):
    async with open_page(app, STAFF) as amal, open_page(app, CUSTOMER) as carol:
        await carol.send_text('{"frame":"signal","type":"typing","to":"amal","data":"\\ud83d"}')
        assert (await amal.next_signal())["data"] == "?"


async def test_refused_signal_is_answered_with_code_and_message():
    class Closed(StreamConsumer):
        async def handle_signal(self, type, to, data):
            raise Forbidden("Not now.")

    async with open_page(Closed.as_asgi(), STAFF) as page:
        await page.signal("rtc.description")
        assert await page.next_frame() == {"frame": "refused", "code": "forbidden", "message": "Not now."}
        await page.expect_nothing_more()
