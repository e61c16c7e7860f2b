"""What programs ask for by names that are the same on every site."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.source import ROOT

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n"


def ask(path):
    return Client().get(path)


@pytest.mark.parametrize(
    ("path", "kind", "begins"),
    [
        ("/favicon.ico", "image/x-icon", b"\x00\x00\x01\x00"),
        ("/apple-touch-icon.png", "image/png", PNG),
        ("/robots.txt", "text/plain; charset=utf-8", b"User-agent: *\n"),
    ],
)
def test_anyone_is_answered_and_may_keep_it_and_gets_no_cookie(path, kind, begins, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = ask(path)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, kind, "public, max-age=86400")
    assert answer.content.startswith(begins)
    assert answer.cookies == {}


def test_icon_has_pictures_of_three_sizes():
    icon = (ROOT / "static/img/favicon.ico").read_bytes()
    count = int.from_bytes(icon[4:6], "little")
    entries = [icon[6 + 16 * n : 22 + 16 * n] for n in range(count)]
    assert [entry[0] for entry in entries] == [16, 32, 48]
    places = [(int.from_bytes(e[12:16], "little"), int.from_bytes(e[8:12], "little")) for e in entries]
    assert [icon[at : at + 8] for at, _size in places] == [PNG] * 3
    assert sum(places[-1]) == len(icon)


def test_pages_lead_to_the_icon_of_phones(policy):
    assert '<link rel="apple-touch-icon" href="/apple-touch-icon.png">' in ask("/").content.decode()


def test_search_engines_may_show_the_entries_alone():
    *_, home, queues, static, all_else = ask("/robots.txt").content.decode().splitlines()
    assert [home, queues, static, all_else] == ["Allow: /$", "Allow: /queues/*/$", "Allow: /static/", "Disallow: /"]


def test_security_contact_is_told_with_an_end_within_a_year(settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    answer = ask("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    end = datetime.fromisoformat(fields.pop("Expires"))
    assert timedelta(days=90) < end - datetime.now(UTC) < timedelta(days=365)
    assert fields == {
        "Contact": "mailto:security@example.org",
        "Preferred-Languages": "en, ar",
        "Canonical": f"{settings.SITE_URL}/.well-known/security.txt",
    }
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_without_a_contact_there_is_no_such_file(settings):
    settings.SECURITY_CONTACT = ""
    assert ask("/.well-known/security.txt").status_code == 404


def test_password_managers_are_led_to_the_page():
    answer = ask("/.well-known/change-password")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/password/change/")
    assert answer.cookies == {}
