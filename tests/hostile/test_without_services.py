"""Two processes over PostgreSQL and Redis, of which one or the other is taken away while ten honest sessions go on."""

import shutil

import psycopg
import pytest
import redis

from tests.hostile.party import HonestParty
from tests.hostile.scene import Site
from tests.services import NotFoundError, OwnRedis, go_without, postgres_database, service

pytestmark = pytest.mark.process

LINES = 8


@pytest.fixture(scope="module")
def database_url():
    yield from service(postgres_database)


@pytest.fixture(scope="module")
def own_redis(tmp_path_factory):
    try:
        server = OwnRedis(tmp_path_factory.mktemp("redis"))
    except NotFoundError as missing:
        go_without(missing)
    with server:
        yield server


@pytest.fixture(scope="module")
def sites(prepared_folder, tmp_path_factory, database_url, own_redis):
    folder = shutil.copytree(prepared_folder, tmp_path_factory.mktemp("two") / "site")
    shared = {"DATABASE_URL": database_url, "REDIS_URL": own_redis.url}
    Site(folder, **shared).do("migrate", "--verbosity=0")
    with Site(folder, **shared) as one, Site(folder, **shared) as other:
        yield one, other


@pytest.fixture(scope="module")
def party(sites):
    """In each session, the representative is at one process and the customer at the other."""
    one, other = sites
    return HonestParty(one.scene(), one.port, other.port)


@pytest.fixture
async def guests(party, sites):
    async with party.gathered():
        yield party
        # And when all is well again.
        await party.talk(2)
        assert await party.report() == []
    for site in sites:
        await site.is_well()


async def test_redis_is_stopped_and_comes_back(own_redis, guests):
    await guests.talk_through(LINES, own_redis.stop)
    own_redis.come_back()
    assert await guests.report() == []


async def test_redis_is_frozen_and_comes_back(own_redis, guests):
    try:
        await guests.talk_through(LINES, own_redis.freeze)
    finally:
        own_redis.come_back()
    assert await guests.report() == []


async def test_redis_forgets_everything(own_redis, guests):
    with redis.Redis.from_url(own_redis.url) as client:
        await guests.talk_through(LINES, client.flushall)
    assert await guests.report() == []


async def test_subscriptions_to_redis_are_cut(own_redis, guests):
    with redis.Redis.from_url(own_redis.url) as client:
        await guests.talk_through(LINES, lambda: client.client_kill_filter(_type="pubsub"))
    assert await guests.report() == []


async def test_connections_to_the_database_are_cut(database_url, guests):
    """In the middle of whatever they do. What was not acknowledged is said once more, and heard once."""

    def cut():
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    for _ in range(3):
        await guests.talk_through(LINES // 2, cut)
    assert await guests.report() == []
