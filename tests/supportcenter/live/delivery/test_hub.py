"""One page that cannot be told, or people who signal without end, keep nothing from the others."""

import pytest

from supportcenter.live.delivery import hub as module
from supportcenter.live.delivery.close_codes import Code
from supportcenter.live.delivery.messages import Message
from supportcenter.live.delivery.transport import send_signal
from supportcenter.live.sockets.limits import Rates
from tests.realtime import in_database, open_page
from tests.supportcenter.live.conftest import CUSTOMER, STAFF, STREAM, StreamConsumer, tell

pytestmark = pytest.mark.django_db(transaction=True)


class BadNews(Message):
    """It cannot be told to one page."""

    def reach(self, subscription):
        if subscription.page == "page-3":
            raise ZeroDivisionError
        subscription.check_log()


async def test_page_that_cannot_be_told_is_closed_and_the_others_hear(app, caplog):
    names = [f"page-{number}" for number in range(6)]
    pages = [open_page(app, STAFF, page=name) for name in names]
    opened = [await page.__aenter__() for page in pages]

    app.consumer_class.hub.publish(BadNews(STREAM))
    await opened[3].expect_close(Code.FAILED)
    await in_database(tell)

    for page in opened[:3] + opened[4:]:
        await page.next_event()
        await page.expect_nothing_more()
    for page in pages:
        await page.__aexit__(None, None, None)
    assert "ZeroDivisionError" in caplog.text


class Talkative(StreamConsumer):
    rates = Rates(frames=(10_000, 10_000), signal_bytes=(0, 0))


async def test_stream_carries_so_many_signals_and_no_fewer_events(monkeypatch):
    monkeypatch.setattr(module, "SIGNAL_BYTES", 0)
    monkeypatch.setattr(module, "SIGNAL_BYTES_AT_ONCE", 10_000)
    app = Talkative.as_asgi()
    async with open_page(app, STAFF) as amal, open_page(app, CUSTOMER) as carol:
        for number in range(200):
            await carol.signal("typing", {"number": number})
        await carol.expect_nothing_more()
        await in_database(send_signal, STREAM, None, "position.told", {}, None)
        await in_database(tell)

        heard = [await amal.next_frame()]
        while heard[-1]["frame"] != "event":
            heard.append(await amal.next_frame())
        await amal.expect_nothing_more()

    typed = [frame["data"]["number"] for frame in heard if frame.get("type") == "typing"]
    assert typed == list(range(len(typed)))
    assert 10 < len(typed) < 50
    # What the site says itself counts for nothing.
    assert [frame["type"] for frame in heard[len(typed) :]] == ["position.told", "chat.said"]
