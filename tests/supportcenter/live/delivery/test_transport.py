"""Nobody hears of what is not committed."""

import asyncio

import pytest
from django.db import transaction

from supportcenter.live.delivery import transport
from supportcenter.live.delivery.close_codes import Code
from supportcenter.live.delivery.transport import close_sockets, send_signal
from supportcenter.live.log.eventlog import Draft, event_recorded, record
from tests.realtime import in_database, open_page
from tests.supportcenter.live.conftest import STREAM, tell

pytestmark = pytest.mark.django_db(transaction=True)


async def is_live(stream):
    """Everybody on the stream has read its log: until then signals go ahead of events."""
    async with asyncio.timeout(5):
        while any(subscription._busy for subscription in transport.hub._concerned(stream)):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)


def act_in_vain():
    with transaction.atomic():
        record(STREAM, Draft("session.ended"))
        send_signal(STREAM, None, "typing", {}, None)
        close_sockets(STREAM, None, Code.OVER)
        transaction.set_rollback(True)


async def test_what_is_rolled_back_is_not_told(app):
    async with open_page(app, "/staff/amal/") as page:
        await in_database(act_in_vain)
        await in_database(tell, "chat.said")

        assert (await page.next_event())["type"] == "chat.said"
        await page.expect_nothing_more()


async def test_what_one_action_does_arrives_in_its_order(app):
    def act():
        with transaction.atomic():
            record(STREAM, Draft("session.quiet"))
            send_signal(STREAM, None, "typing", {}, None)
            record(STREAM, Draft("session.ended"))
            close_sockets(STREAM, None, Code.OVER)

    async with open_page(app, "/staff/amal/") as page:
        await is_live(STREAM)
        await in_database(act)

        assert [(await page.next_frame()).get("type") for _ in range(3)] == ["session.quiet", "typing", "session.ended"]
        await page.expect_close(4410)


async def test_a_listener_that_fails_keeps_no_news_from_pages(app, caplog):
    def fail(event, **kwargs):
        raise ZeroDivisionError

    event_recorded.connect(fail)
    try:
        async with open_page(app, "/staff/amal/") as page:
            await in_database(tell)
            assert (await page.next_event())["seq"] == 1
    finally:
        event_recorded.disconnect(fail)
    assert "ZeroDivisionError" in caplog.text
