"""`/livez` and `/readyz`: for any prober, before hosts, cookies and the database's moods."""

import json
import threading
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from asgiref.testing import ApplicationCommunicator
from django.db import DatabaseError, connection, connections
from django.db.migrations.recorder import MigrationRecorder

from supportcenter import clock
from supportcenter.jobs.models import Heartbeat, Role
from supportcenter.jobs.workers.heartbeat import MISSED, Pulse
from supportcenter.serving import health_port, readiness
from supportcenter.serving.health_endpoints import HealthEndpoints
from tests.services import free_port

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def a_process_that_has_just_begun():
    yield
    readiness.draining.clear()
    if readiness.looking.cache_info().currsize:
        readiness.looking()._pool.submit(connections.close_all).result()
        readiness.looking()._pool.shutdown()
    readiness.looking.cache_clear()
    readiness._migrations.applied = False


@pytest.fixture
def runner():
    pulse = Pulse(Role.RUNNER, name="here:1")
    pulse.beat()
    return pulse


async def the_site(scope, receive, send):
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})


async def ask(path, *, method="GET", host=b"evil.example"):
    """(status, headers, body)"""
    scope = {"type": "http", "path": path, "method": method, "headers": [(b"host", host)], "root_path": ""}
    prober = ApplicationCommunicator(HealthEndpoints(the_site), scope)
    await prober.send_input({"type": "http.request", "body": b""})
    start, body = await prober.receive_output(10), await prober.receive_output(10)
    return start["status"], dict(start["headers"]), json.loads(body["body"] or "null")


async def test_process_that_is_well_is_ready(runner):
    status, headers, body = await ask("/readyz")
    assert (status, headers[b"health"], body) == (200, b"ok", {"status": "ok"})
    assert headers[b"cache-control"] == b"no-store"


async def test_live_asks_nobody(monkeypatch):
    monkeypatch.setattr(readiness, "heard_of", pytest.fail)
    readiness.draining.set()
    assert (await ask("/livez"))[::2] == (200, {"status": "ok"})


async def test_other_paths_are_the_sites():
    assert (await ask("/readyz/"))[0] == 299
    assert (await ask("/"))[0] == 299


async def test_head_has_no_body_and_nothing_is_posted(runner):
    assert (await ask("/readyz", method="HEAD"))[::2] == (200, None)
    assert (await ask("/readyz", method="POST"))[0] == 405


async def test_process_that_stops_takes_nothing_new(runner):
    readiness.draining.set()
    assert (await ask("/readyz"))[::2] == (503, {"status": "unavailable", "failing": {"process": "is stopping"}})


async def test_runner_that_is_gone_degrades_and_does_not_take_the_site_down():
    status, headers, body = await ask("/readyz")
    assert (status, headers[b"health"]) == (200, b"degraded")
    assert body == {"status": "degraded", "degraded": {"runner": "no heartbeat within the last minute"}}


async def test_worker_clock_and_redis_that_are_gone_degrade(settings):
    settings.JOBS_RUNNER, settings.REDIS_URL = "celery", "redis://127.0.0.1:1/0"
    status, _, body = await ask("/readyz")
    assert status == 200
    assert set(body["degraded"]) == {"worker", "clock", "sweep", "redis"}


async def test_database_that_fails_is_not_ready_and_no_secret_is_told(monkeypatch):
    def away():
        raise DatabaseError("password of support@db.example.org")

    monkeypatch.setattr(readiness, "heard_of", away)
    status, _, body = await ask("/readyz")
    assert (status, body["failing"]) == (503, {"database": "does not answer (DatabaseError)"})


async def test_database_that_hangs_is_not_ready_and_is_asked_once(monkeypatch):
    """A flood of probes costs one question."""
    monkeypatch.setattr(readiness, "PATIENCE", 0)
    go_on, asked = threading.Event(), []

    def hang():
        asked.append(1)
        go_on.wait()
        return []

    monkeypatch.setattr(readiness, "heard_of", hang)
    try:
        for _ in range(5):
            status, _, body = await ask("/readyz")
            assert (status, body["failing"]) == (503, {"database": "no answer within 0 seconds"})
    finally:
        go_on.set()
    assert len(asked) == 1


async def test_answer_is_kept_for_a_moment(runner, monkeypatch):
    monkeypatch.setattr(readiness, "GOOD_FOR", 3600)
    await ask("/readyz")
    monkeypatch.setattr(readiness, "heard_of", pytest.fail)
    assert (await ask("/readyz"))[0] == 200


def test_migration_that_is_missing_is_not_ready(runner):
    MigrationRecorder(connection).record_unapplied("jobs", "0005_heartbeat")
    try:
        assert readiness.look_for_web().failing == {"migrations": "are not all applied"}
    finally:
        MigrationRecorder(connection).record_applied("jobs", "0005_heartbeat")
    assert readiness.look_for_web().failing == {}


# ---- Worker and clock ------------------------------------------------------------------------------------------


@pytest.fixture
def port(settings):
    settings.HEALTH_PORT = free_port()
    server = health_port.answer_health(Role.WORKER)
    yield f"http://127.0.0.1:{settings.HEALTH_PORT}"
    server.shutdown()
    server.server_close()
    looking = server.RequestHandlerClass.looking
    looking._pool.submit(connections.close_all).result()


def test_worker_with_a_heart_is_ready(port):
    Pulse(Role.WORKER).beat()
    for path in ("/livez", "/readyz"):
        with urlopen(port + path) as answer:
            assert json.load(answer) == {"status": "ok"}


def test_worker_without_a_heart_is_not(port):
    Pulse(Role.WORKER).beat()
    Heartbeat.objects.update(at=clock.now() - MISSED)
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{port}/readyz")
    assert refused.value.code == 503
    assert json.load(refused.value)["failing"] == {"worker": "no heartbeat within the last minute"}
    with urlopen(f"{port}/livez") as answer:
        assert answer.status == 200


def test_without_a_port_nothing_listens(settings):
    settings.HEALTH_PORT = 0
    assert health_port.answer_health(Role.CLOCK) is None
