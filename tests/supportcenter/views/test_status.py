"""The doctor's findings in the admin."""

import re

import pytest
from django.urls import reverse

from supportcenter import doctor
from supportcenter.doctor import fail, health_check, ok, warn

pytestmark = pytest.mark.django_db


@pytest.fixture
def checks(monkeypatch):
    """No check but the test's own; what was sent."""
    monkeypatch.setattr(doctor, "_checks", {})
    monkeypatch.setattr(doctor, "autodiscover_modules", lambda name: None)
    sent = []

    @health_check("disk")
    def disk():
        yield fail("is full", do="Make room.")

    @health_check("film")
    def film():
        yield warn("not found", do="Install it.")

    @health_check("table")
    def table():
        yield ok("answers")

    @health_check("probe", active=True)
    def probe():
        sent.append(1)
        yield ok("was sent")

    return sent


@pytest.fixture
def admin(client, dana):
    client.force_login(dana)
    return client


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_page_says_level_finding_and_what_to_do(checks, admin):
    page = words(admin.get("/admin/status/"))
    assert "1 failure · 1 warning" in page
    assert "Failure disk is full Make room." in page
    assert "Warning film not found Install it." in page
    assert "OK table answers" in page


def test_what_sends_something_waits_for_the_button(checks, admin):
    assert "Not checked yet probe" in words(admin.get("/admin/status/"))
    assert checks == []
    assert "OK probe was sent" in words(admin.post("/admin/status/"))
    assert checks == [1]


def test_site_that_is_well_is_said_to_be(checks, admin):
    for name in ("disk", "film"):
        del doctor._checks[name]
    assert "All is well." in words(admin.get("/admin/status/"))


def test_page_is_arabic_for_who_reads_arabic(checks, admin):
    page = words(admin.get("/admin/status/", headers={"accept-language": "ar"}))
    assert "عطل واحد · تحذير واحد" in page
    assert "إعادة الفحص" in page


def test_page_of_the_real_checks_is_drawn(admin):
    assert "database" in words(admin.get("/admin/status/"))


def test_way_to_it(admin, client, amal):
    for page in ("admin:index", "home"):
        assert 'href="/admin/status/"' in admin.get(reverse(page)).content.decode()
    client.force_login(amal)
    assert 'href="/admin/status/"' not in client.get(reverse("home")).content.decode()
    assert client.get("/admin/status/").status_code == 302
