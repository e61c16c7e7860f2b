"""Who may follow, and how others learn why not."""

import pytest

from supportcenter.live.delivery.close_codes import CloseWith, Code
from supportcenter.live.sockets.consumers import EventStreamConsumer
from supportcenter.live.sockets.viewers import Viewer
from supportcenter.refusals import Forbidden, Gone, Missing
from tests.realtime import in_database, open_page
from tests.supportcenter.live.conftest import STAFF, STREAM, StreamConsumer

pytestmark = pytest.mark.django_db(transaction=True)


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
