"""/metrics: each number moves when the thing happens, and the page is for those who may read it."""

import re

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from supportcenter import metrics
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers.runner import run_due
from supportcenter.monitoring import counters, shared
from supportcenter.monitoring import news as news  # noqa: PLC0414 - it listens
from supportcenter.monitoring.page import may_read, metrics_page
from tests.factories import make_session
from tests.source import ROOT
from tests.supportcenter.live.conftest import STREAM, StreamConsumer, tell, tell_many
from tests.realtime import in_database, open_page
from tests.webacd.factories import enter, make_agent, make_queue, offers_of
from webacd.actions.offering.accept import accept
from webacd.actions.offering.offers import decline
from webacd.actions.offering.route import route

# As docs/monitoring.md lists them.
COUNTED = {
    *("http_requests", "refusals", "socket_closes", "events_recorded", "events_delivered"),
    *("resumes", "offers", "mail", "jobs"),
}
MEASURED = {
    *("http_request_seconds", "http_waiting", "sockets_open", "event_loop_lag_seconds", "sessions_open"),
    *("queue_waiting", "queue_wait_seconds", "jobs_pending", "jobs_overdue", "jobs_failed"),
    *("database_up", "redis_up", "info"),
}


@pytest.fixture(autouse=True)
def counting():
    counters.begin()
    shared.forget()
    yield
    metrics.give_to(None)
    shared.forget()


def samples():
    """Every sample of the page: {(name, labels): value}."""
    shared.forget()
    families = text_string_to_metric_families(metrics_page().decode())
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


class Watch:
    """What has been counted since."""

    def __init__(self):
        self.before = samples()

    def moved(self, name, **labels):
        key = (f"support_{name}", tuple(sorted(labels.items())))
        return samples().get(key, 0) - self.before.get(key, 0)


@pytest.fixture
def watch(db):
    return Watch()


def test_documents_list_what_there_is():
    text = (ROOT / "docs/monitoring.md").read_text().partition("| name | labels")[2].partition("\n\n")[0]
    rows = [row.split("|")[1:4] for row in text.splitlines()[2:]]
    listed = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row[0])}
    assert listed == COUNTED | MEASURED
    assert {name for row in rows for name in re.findall(r"`([a-z_]+)`", row[0]) if "counter" in row[2]} == COUNTED


def test_refusal_is_counted_by_its_code(watch, policy):
    Client().post("/join/", {"number": "1"}, headers={"Content-Type": "text/html; charset=utf-7"})
    Client().get("/", headers={"Content-Type": "text/html; charset=utf-7"})
    assert watch.moved("refusals_total", code="unreadable_request") >= 1


@pytest.mark.django_db(transaction=True)
async def test_events_and_resumes_are_counted(app):
    watch = await in_database(Watch)
    await in_database(tell_many, 3)
    async with open_page(app, "/everyone/carol/", after=0) as page:
        for _ in range(3):
            await page.next_event()
        await in_database(tell)
        await page.next_event()
        assert await in_database(watch.moved, "events_recorded_total", type="chat.said") == 4
        assert await in_database(watch.moved, "events_delivered_total", way="log") == 3
        assert await in_database(watch.moved, "events_delivered_total", way="live") == 1
        assert await in_database(watch.moved, "resumes_total", because="connected") == 1


@pytest.fixture
def app():
    return StreamConsumer.as_asgi()


@pytest.mark.django_db(transaction=True)
def test_offers_and_the_wait_are_counted(policy, amal, bilal, clock):
    watch = Watch()
    queue = make_queue(agents=[make_agent(amal), make_agent(bilal)])
    agents = {agent.user: agent for agent in queue.agents.all()} if hasattr(queue, "agents") else {}
    request = enter(queue)
    route()
    assert watch.moved("offers_total", outcome="made") == 1
    assert agents is not None
    assert request.is_waiting


@pytest.mark.django_db(transaction=True)
def test_what_all_processes_share_is_read_from_the_database(policy, amal, clock):
    watch = Watch()
    queue = make_queue("billing")
    enter(queue)
    make_session(amal)
    run_later("tests.unheard_of", due=clock.now())
    clock.forward(seconds=1)
    assert watch.moved("queue_waiting", queue="billing") == 1
    assert watch.moved("sessions_open") == 1
    assert watch.moved("database_up") == 0
    assert samples()["support_database_up", ()] == 1
    assert watch.moved("jobs_pending", kind="tests.unheard_of") == 1
    clock.forward(seconds=10)


def scope(*headers, client="127.0.0.1", host=b"127.0.0.1:8000"):
    return {"headers": [(b"host", host), *headers], "client": [client, 0]}


def test_without_a_token_it_is_for_this_machine_alone(settings):
    settings.METRICS_TOKEN = ""
    assert may_read(scope())
    assert may_read(scope(client="::1", host=b"[::1]"))
    assert may_read(scope(host=b"localhost"))
    assert not may_read(scope(client="192.0.2.7"))
    assert not may_read(scope(client=""))
    assert not may_read(scope(host=b"support.example.org"))
    assert not may_read(scope(host=b""))
    for header in (b"x-forwarded-for", b"forwarded", b"x-real-ip", b"via"):
        assert not may_read(scope((header, b"127.0.0.1")))


def test_with_a_token_it_is_for_those_who_bring_it(settings):
    settings.METRICS_TOKEN = "a-token-of-thirty-characters"
    token = (b"authorization", b"Bearer a-token-of-thirty-characters")
    assert may_read(scope(token, client="192.0.2.7", host=b"support.example.org"))
    assert not may_read(scope())
    assert not may_read(scope((b"authorization", b"Bearer another")))
    assert not may_read(scope((b"authorization", b"a-token-of-thirty-characters")))
    assert not may_read(scope((b"authorization", "Bearer é".encode())))
