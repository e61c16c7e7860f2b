"""/metrics: each number moves when the thing happens, and the page is for those who may read it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from supportcenter import metrics
from supportcenter.jobs.models import Job
from supportcenter.jobs.workers.runner import run_due
from supportcenter.live.delivery.hub import hub
from supportcenter.mail.outbox import post
from supportcenter.monitoring import (
    counters,
    news,  # noqa: F401 - it listens
    shared,
)
from supportcenter.monitoring.page import may_read, metrics_page
from tests.factories import make_session
from tests.realtime import in_database, open_page
from tests.source import ROOT
from tests.supportcenter.live.conftest import StreamConsumer, tell, tell_many
from tests.webacd.factories import enter, make_agent, make_queue, offers_of
from webacd.actions.offering.accept import accept
from webacd.actions.offering.offers import decline
from webacd.actions.offering.route import route

# As docs/monitoring.md lists them.
COUNTED = {
    *("http_requests", "refusals", "socket_closes", "events_recorded", "events_delivered"),
    *("resumes", "offers", "mail", "mail_events", "jobs", "audit_entries_lost"),
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
    Client().get("/", headers={"Content-Type": "text/html; charset=utf-7"})
    assert watch.moved("refusals_total", code="unreadable_request") == 1


@pytest.mark.django_db(transaction=True)
async def test_events_and_resumes_are_counted(app):
    watch = await in_database(Watch)
    await in_database(tell_many, 3)
    async with open_page(app, "/everyone/carol/", after=0) as page:
        for _ in range(3):
            await page.next_event()
        assert hub.sockets_by_kind() == {"session": 1}
        await in_database(tell)
        await page.next_event()
        assert await in_database(watch.moved, "events_recorded_total", type="chat.said") == 4
        assert await in_database(watch.moved, "events_delivered_total", way="log") == 3
        assert await in_database(watch.moved, "events_delivered_total", way="live") == 1
        assert await in_database(watch.moved, "resumes_total", because="connected") == 1
    assert hub.sockets_by_kind() == {}


@pytest.fixture
def app():
    return StreamConsumer.as_asgi()


@pytest.fixture
def queue(policy, amal):
    """Served by amal. Her agent is looked up where it is needed: routing changes its row."""
    return make_queue("billing", agents=[make_agent(amal)])


def offer_to(user):
    route()
    return offers_of(user.agent)[-1]


@pytest.mark.django_db(transaction=True)
def test_offers_are_counted_by_what_became_of_them(queue, amal, clock):
    watch = Watch()
    enter(queue)
    decline(offer_to(amal), by=amal)
    assert (watch.moved("offers_total", outcome="made"), watch.moved("offers_total", outcome="declined")) == (1, 1)
    clock.forward(seconds=21)
    clock.forward(seconds=30)
    assert (watch.moved("offers_total", outcome="made"), watch.moved("offers_total", outcome="unanswered")) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_wait_of_who_is_answered_is_counted_for_their_queue(queue, amal, clock):
    watch = Watch()
    enter(queue)
    offer = offer_to(amal)
    clock.forward(seconds=8)
    accept(offer, by=amal)
    assert watch.moved("offers_total", outcome="accepted") == 1
    assert watch.moved("queue_wait_seconds_count", queue="billing") == 1
    assert watch.moved("queue_wait_seconds_bucket", queue="billing", le="5.0") == 0
    assert watch.moved("queue_wait_seconds_bucket", queue="billing", le="10.0") == 1


@pytest.mark.django_db(transaction=True)
def test_mail_is_counted_as_sent_or_failed(eve, mail_server):
    watch = Watch()
    eve.email = "eve@example.org"
    eve.save()
    post("password_reset", eve.pk, language="en")
    run_due()
    assert len(mail_server.messages) == 1
    assert watch.moved("mail_total", outcome="sent") == 1
    assert watch.moved("jobs_total", kind="mail.send", outcome="done") == 1
    mail_server.refuse = {"RCPT": "450 later"}
    post("password_reset", eve.pk, sending=2, language="en")
    run_due()
    assert watch.moved("mail_total", outcome="failed") == 1
    assert watch.moved("jobs_total", kind="mail.send", outcome="failed") == 1


@pytest.mark.django_db(transaction=True)
def test_failed_and_overdue_jobs_are_told_by_kind(clock):
    watch = Watch()
    Job.objects.create(kind="tests.late", due=timezone.now() - timedelta(minutes=2))
    Job.objects.create(kind="tests.late", due=timezone.now() - timedelta(seconds=30))
    Job.objects.create(kind="tests.broken", due=timezone.now(), failed_at=timezone.now())
    moved = [watch.moved(f"jobs_{state}", kind="tests.late") for state in ("pending", "overdue", "failed")]
    assert moved == [2, 1, 0]
    assert watch.moved("jobs_failed", kind="tests.broken") == 1


@pytest.mark.both_databases
def test_what_all_processes_share_is_read_from_the_database(watch, policy, amal, bilal):
    make_queue("empty")
    enter(make_queue("full", agents=[make_agent(bilal)]))
    make_session(amal)
    assert (watch.moved("queue_waiting", queue="full"), watch.moved("queue_waiting", queue="empty")) == (1, 0)
    assert ("support_queue_waiting", (("queue", "empty"),)) in samples()
    assert watch.moved("sessions_open") == 1
    assert samples()["support_database_up", ()] == 1


def test_redis_that_is_away_is_told(db, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert samples()["support_redis_up", ()] == 0


def test_redis_that_answers_is_told(db, settings, redis_url):
    assert ("support_redis_up", ()) not in samples()
    settings.REDIS_URL = redis_url
    assert samples()["support_redis_up", ()] == 1


def test_page_names_nobody(db, policy, amal, clock):
    make_session(amal)
    assert not re.search("amal|192\\.0", metrics_page().decode())


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
