"""An agent's pages on the socket: the first brings them, the last to go takes them away (E47)."""

import pytest
from django.test import Client

from supportcenter.asgi import websocket
from supportcenter.live.log.eventlog import position
from tests.realtime import in_database, open_page
from tests.webacd.factories import make_agent
from webacd.models import Agent

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


def an_inbox(desk, after):
    return open_page(websocket, "/ws/webacd/inbox/", client=desk, after=after)


async def test_agent_is_there_while_any_of_their_pages_is(agent, desk):
    after = await in_database(position, agent.stream)
    assert not await is_there(agent)
    async with an_inbox(desk, after):
        assert await is_there(agent)
        async with an_inbox(desk, after):
            pass
        assert await is_there(agent)
    assert not await is_there(agent)
    assert await in_database(agent.pages.count) == 0


async def test_monitor_is_no_page_on_which_an_agent_hears_of_offers(agent, amal, desk):
    amal.privileges.manager = True
    await in_database(amal.privileges.save)
    async with open_page(websocket, "/ws/webacd/monitor/", client=desk, after=0):
        assert not await is_there(agent)
