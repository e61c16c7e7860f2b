"""Any number of sockets and signals, of a customer or of strangers, while ten honest sessions go on."""

import pytest

from tests.hostile.attackers import SignalFlood, SocketCrowd, StrangersSockets

pytestmark = pytest.mark.process

LINES = 10


def as_mallory(scene):
    mallory = scene.hostile
    return {"cookie": mallory["seat"], "after": mallory["position"]}


def socket_of(scene):
    return f"/ws/support/{scene.hostile['key']}/"


async def test_honest_people_hear_each_other(guests):
    await guests.talk(LINES)
    assert await guests.report() == []


async def test_one_customer_opens_hundreds_of_sockets(site, scene, guests):
    async with SocketCrowd(site, socket_of(scene), may_keep=1, **as_mallory(scene)) as crowd:
        await guests.talk(LINES)
    assert crowd.left_open <= 1
    # Told by close codes at first, and then before the handshake, at a fraction of its cost.
    assert crowd.seen[429] > crowd.seen[4429] > 0
    assert set(crowd.seen) <= {4409, 4429, 429, None}


async def test_one_customer_floods_with_signals(site, scene, guests):
    async with SignalFlood(site, socket_of(scene), **as_mallory(scene)) as flood:
        await guests.talk(LINES)
    assert set(flood.seen) <= {4409, 4429, 429, None}


async def test_strangers_open_hundreds_of_sockets(site, scene, guests):
    """All from the network of the honest people, whose pages have been there before."""
    async with StrangersSockets(site, socket_of(scene), work=600) as crowd:
        await guests.talk(LINES)
    assert crowd.left_open == 0
    assert set(crowd.seen) <= {4401, 4404, 4429, 429, None}


async def test_manager_opens_hundreds_of_monitors(site, scene, guests):
    async with SocketCrowd(site, "/ws/monitoring/", cookie=scene.manager, may_keep=10) as crowd:
        await guests.talk(LINES)
    assert crowd.left_open <= 10
    assert set(crowd.seen) <= {4403, 4409, 4429, 429, None}
