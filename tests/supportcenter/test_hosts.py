"""Host headers: the site's own names and port are answered, all else is refused with one line in the security log."""

import logging
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(settings):
    settings.SITE_URL = "https://support.example.org"
    settings.SITE = urlsplit(settings.SITE_URL)
    settings.ALLOWED_HOSTS = ["support.example.org", "inside.example.org", "localhost", "127.0.0.1", "[::1]"]
    settings.CSRF_TRUSTED_ORIGINS = [settings.SITE_URL, "https://inside.example.org:8443"]
    settings.PORT = 8000


def ask(client, host, address="192.0.2.7", **headers):
    return client.get("/join/", headers={"host": host, **headers}, REMOTE_ADDR=address).status_code


@pytest.mark.parametrize(
    "host",
    [
        "support.example.org",
        "support.example.org:443",
        "support.example.org:8000",
        "inside.example.org",
        "inside.example.org:8443",
    ],
)
def test_own_names_and_ports_are_answered(public, client, host):
    assert ask(client, host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "support.example.org:1",
        "support.example.org:8001",
        "evil.test",
        "localhost",
        "localhost:8000",
        "127.0.0.1",
        "[::1]:8000",
        "a b",
        "",
        "x" * 5000,
    ],
)
def test_other_hosts_and_ports_are_refused_with_one_line(public, client, caplog, host):
    assert ask(client, host) == 400
    lines = [record for record in caplog.records if record.levelno >= logging.WARNING]
    ours = [line.getMessage() for line in lines if line.name == "supportcenter.security"]
    assert len(ours) == 1
    assert ours[0].startswith('foreign_host address="192.0.2.7"')
    assert all(line.exc_info is None for line in lines)
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_health_check_on_the_machine_is_answered(public, client, address):
    assert ask(client, "127.0.0.1:8000", address) == 200
    assert ask(client, "127.0.0.1:8000", address, **{"x-forwarded-for": "192.0.2.7"}) == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:9000", "127.0.0.1:49152"])
def test_developers_machine_answers_on_any_port(client, host):
    assert ask(client, host) == 200


def test_nothing_of_a_refused_request_is_done(public, client, session):
    fields = {"number": session.number, "name": "Carol"}
    assert client.post("/join/", fields, headers={"host": "evil.test"}).status_code == 400
    assert not session.participants.filter(kind="customer").exists()
