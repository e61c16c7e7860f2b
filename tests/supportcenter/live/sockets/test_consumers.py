import asyncio
import json
from datetime import datetime, timedelta
from unittest.mock import ANY

import pytest
from django.utils import timezone

from supportcenter.live.delivery.close_codes import CloseWith, Code
from supportcenter.live.delivery.messages import GapMessage
from supportcenter.live.delivery.transport import close_sockets, send_signal
from supportcenter.live.sockets.consumers import EventStreamConsumer
from supportcenter.live.sockets.viewers import Viewer
from supportcenter.refusals import Forbidden, Gone, Missing
from tests.realtime import Page, in_database, open_page
from tests.supportcenter.live.conftest import STREAM, StreamConsumer, tell, tell_many

pytestmark = pytest.mark.django_db(transaction=True)

STAFF, CUSTOMER = "/staff/amal/", "/everyone/carol/"


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


# ---- who may


@pytest.mark.parametrize(("refusal", "code"), [(Forbidden, 4403), (Missing, 4404), (Gone, 4410)])
async def test_refused_page_learns_why_and_is_closed(refusal, code):
    class Refusing(EventStreamConsumer):
        async def authorise(self):
            raise refusal

    async with open_page(Refusing.as_asgi(), after=None) as page:
        await page.expect_refusal(refusal.code)
        await page.expect_close(code)


async def test_consumer_may_close_with_a_code_when_it_authorises():
    class Refusing(EventStreamConsumer):
        async def authorise(self):
            raise CloseWith(Code.NOT_SIGNED_IN)

    async with open_page(Refusing.as_asgi(), after=None) as page:
        await page.expect_close(4401)


async def test_consumer_may_close_with_a_code_when_the_page_follows():
    class Taken(StreamConsumer):
        async def attached(self, frame):
            assert frame["secret"] == "tab-1"
            raise CloseWith(Code.OPENED_ELSEWHERE)

    async with open_page(Taken.as_asgi(), STAFF, after=None) as page:
        await page.send(frame="follow", after=0, page="page-1", secret="tab-1")
        await page.expect_close(4409)


@pytest.mark.parametrize("origin", ["http://evil.test", "null", "", "http://testserver.evil.test"])
async def test_foreign_origin_is_refused(app, origin):
    async with open_page(app, STAFF, after=None, origin=origin) as page:
        await page.expect_close(4403)


async def test_trusted_origin_is_welcome(app, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://help.example.test"]
    async with open_page(app, STAFF, origin="https://help.example.test"):
        pass


async def test_signed_in_user_and_cookies_are_those_of_the_site(client, amal):
    await in_database(client.force_login, amal)

    class Known(EventStreamConsumer):
        async def authorise(self):
            return await in_database(self._viewer)

        def _viewer(self):
            return Viewer(self.request.user.event_key, self.request.user.display_name, "staff", STREAM)

        async def handle_signal(self, type, to, data):
            raise Forbidden(self.viewer.key)

    async with open_page(Known.as_asgi(), client=client) as page:
        await page.signal("who.ami")
        assert (await page.next_frame())["message"] == amal.event_key


# ---- coming and going


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


# ---- bad input


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


async def test_frame_over_the_limit_ends_the_conversation(app):
    async with open_page(app, STAFF) as page:
        await page.send_text(json.dumps({"frame": "ping", "pad": "x" * 65_000}))
        assert await page.next_frame() == {"frame": "pong", "now": ANY}
        await page.send_text(json.dumps({"frame": "ping", "pad": "x" * 65_536}))
        await page.expect_close(4413)


async def test_too_many_frames_end_the_conversation():
    class Strict(StreamConsumer):
        frames_per_second, frame_burst = 0, 3

    page = Page(Strict.as_asgi(), STAFF)
    await page.open()
    await page.follow()
    for _ in range(3):
        await page.send(frame="ping")
    assert [await page.next_frame() for _ in range(2)] == [{"frame": "pong", "now": ANY}] * 2
    await page.expect_close(4429)
    await page.leave()


# ---- when messages were lost


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
