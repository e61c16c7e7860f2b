"""Redis is stopped or frozen: every entry works, limits hold in the process, and Redis counts again when it is back."""

import pytest
import redis
from django.core.cache import cache

from supportcenter import redis_client
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.live.delivery.messages import GapMessage
from supportcenter.live.delivery.redis_backplane import publish_once
from supportcenter.redis_client import PAUSE, CircuitBreaker
from tests.factories import PASSWORD
from tests.services import NotFoundError, OwnRedis, go_without
from tests.webacd.factories import make_agent, make_queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(tmp_path, settings):
    """A Redis of the test's own, over which this process counts and caches."""
    try:
        server = OwnRedis(tmp_path)
    except NotFoundError as missing:
        go_without(missing)
    with server:
        settings.REDIS_URL = server.url
        settings.CACHES = {
            "default": {"BACKEND": "supportcenter.redis_cache.RedisOrProcessCache", "LOCATION": server.url}
        }
        rate_limiter.cache_clear()
        yield server
    rate_limiter.cache_clear()


@pytest.fixture
def passing(own):
    """The time by which Redis is left alone; moved by a test."""
    time = Passing()
    redis_client.breaker(own.url).now = time
    return time


class Passing:
    seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture(params=["stopped", "frozen", "never there"])
def away(request, own, passing):
    """Redis has worked, connections to it are open, and now it is away; or it was away before anybody asked."""
    if request.param == "never there":
        own.stop()
        yield own
        own.come_back()
        return
    cache.set("warm", 1)
    assert rate_limiter().storage.check()
    if request.param == "stopped":
        own.stop()
    else:
        own.freeze()
    yield own
    own.come_back()


def join(client, number, **headers):
    return client.post("/join/", {"number": number, "name": "Carol"}, **headers)


def test_signing_in_works_without_redis(away, client, amal):
    answer = client.post("/accounts/login/", {"login": "amal", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_joining_works_without_redis(away, client, session):
    assert join(client, session.number).status_code == 302


def test_queues_are_entered_without_redis(away, client, amal):
    queue = make_queue(agents=[make_agent(amal)])
    assert client.post(f"/queues/{queue.slug}/", {"name": "Carol"}).status_code == 302


def test_one_wrong_number_is_only_wrong_without_redis(away, client):
    """And the next person's right one is right."""
    answer = join(client, "000000000")
    assert (answer.status_code, answer.resolver_match.view_name) == (404, "join")


def test_pages_are_drawn_without_redis(away, client, amal):
    client.force_login(amal)
    assert [client.get(path).status_code for path in ("/", "/join/", "/sessions/start/")] == [200, 200, 200]


def test_status_page_says_that_redis_is_away_and_what_to_do(away, client, dana):
    client.force_login(dana)
    page = client.get("/admin/status/")
    assert page.status_code == 200
    findings = {row["name"]: row["finding"] for row in page.context["rows"] if row["name"] == "Redis"}
    assert findings["Redis"].words.startswith("does not answer: ")
    assert "Start Redis" in findings["Redis"].do


def test_wrong_numbers_are_counted_without_redis(away, client, policy):
    policy.joins_per_address = 2
    policy.save()
    assert [join(client, "000000000").status_code for _ in range(3)] == [404, 404, 429]


def test_failed_sign_ins_are_counted_without_redis(away, client, amal):
    wrong = {"login": "amal", "password": "wrong"}
    for _ in range(5):
        assert client.post("/accounts/login/", wrong).status_code == 200
    page = client.post("/accounts/login/", {"login": "amal", "password": PASSWORD})
    assert page.status_code != 302


def test_redis_that_is_away_is_left_alone_for_a_while(away, passing):
    """A frozen one costs its time-out once in a while, not with each request."""
    assert cache.get("warm") is None
    away.come_back()
    assert cache.get("warm") is None
    cache.set("here", 1)
    passing.seconds += PAUSE
    assert cache.get("here") is None, "it is in the process, and Redis is asked again"


def test_limits_of_redis_hold_again_when_it_is_back(own, passing, client, policy):
    policy.joins_per_address = 2
    policy.save()
    assert [join(client, "000000000").status_code for _ in range(3)] == [404, 404, 429]
    own.freeze()
    assert join(client, "000000000").status_code == 404
    own.come_back()
    passing.seconds += PAUSE
    assert join(client, "000000000").status_code == 429


def test_news_are_published_once_without_redis(away, caplog):
    publish_once(away.url, GapMessage())
    assert "were not told" in caplog.text


def test_one_caller_asks_redis_again_and_the_others_go_on():
    time = Passing()
    breaker = CircuitBreaker(now=time)
    asked = []

    def ask():
        asked.append(time.seconds)
        # Another thread comes meanwhile.
        assert len(asked) == 1 or breaker.ask(pytest.fail, lambda: "here") == "here"
        raise redis.TimeoutError

    for time.seconds in (0, 1, PAUSE - 1, PAUSE, PAUSE + 1):
        assert breaker.ask(ask, lambda: "here") == "here"
    assert asked == [0, PAUSE]


def test_fault_of_ours_is_not_taken_for_redis():
    with pytest.raises(ZeroDivisionError):
        CircuitBreaker().ask(lambda: 1 // 0, lambda: 0)
