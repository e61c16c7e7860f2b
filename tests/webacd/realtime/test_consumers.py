"""An agent's pages on the socket: the first brings them, the last to go takes them away (E47)."""

from contextlib import AsyncExitStack

import pytest
from django.test import Client

from supportcenter.asgi import websocket
from supportcenter.live.log.eventlog import position
from tests.realtime import in_database, open_page
from tests.webacd.factories import make_agent, make_queue
from webacd.actions.entering.enter import enter_queue
from webacd.models import Agent
from webacd.rules.places import place_cookie

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


@pytest.fixture
def desk(amal):
    client = Client()
    client.force_login(amal)
    return client


@pytest.fixture
def agent(amal):
    return make_agent(amal, here=False)


async def is_there(agent):
    return await in_database(lambda: Agent.objects.filter(pk=agent.pk, expected_until=None).exists())


def an_inbox(desk, after, page="page-1"):
    return open_page(websocket, "/ws/webacd/inbox/", client=desk, after=after, page=page)


async def test_agent_is_there_while_any_of_their_pages_is(agent, desk):
    after = await in_database(position, agent.stream)
    assert not await is_there(agent)
    async with an_inbox(desk, after):
        assert await is_there(agent)
        async with an_inbox(desk, after, page="page-2"):
            pass
        assert await is_there(agent)
    assert not await is_there(agent)
    assert await in_database(agent.pages.count) == 0


async def test_monitor_is_no_page_on_which_an_agent_hears_of_offers(agent, amal, desk):
    amal.privileges.manager = True
    await in_database(amal.privileges.save)
    async with open_page(websocket, "/ws/webacd/monitor/", client=desk, after=0):
        assert not await is_there(agent)


async def test_waiting_page_that_connects_again_was_never_gone(amal):
    queue = await in_database(lambda: make_queue(agents=[make_agent(amal)]))
    waiting, place = await in_database(lambda: enter_queue(queue, name="Carol"))
    browser = Client()
    browser.cookies[place_cookie(waiting.key)] = place
    path, after = f"/ws/waiting/{waiting.key}/", await in_database(position, waiting.stream)
    async with (
        open_page(websocket, path, client=browser, after=after) as first,
        open_page(websocket, path, client=browser, after=after) as second,
    ):
        await first.expect_close(4409)
        await first.leave()
        await second.expect_nothing_more()
        await in_database(waiting.refresh_from_db)
        assert waiting.away_since is None
    await in_database(waiting.refresh_from_db)
    assert waiting.away_since is not None


async def test_eleventh_tab_of_the_monitor_sends_the_first_away(amal, desk):
    amal.privileges.manager = True
    await in_database(amal.privileges.save)
    async with AsyncExitStack() as tabs:
        opened = []
        for number in range(11):
            tab = open_page(websocket, "/ws/webacd/monitor/", client=desk, page=f"tab-{number}")
            opened.append(await tabs.enter_async_context(tab))
        await opened[0].expect_close(4409)
        for page in opened[1:]:
            await page.expect_nothing_more()
