"""`manage.py doctor`: a line for each thing that the site needs, and 1 if one of them is missing."""

import json
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import TZPATH

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings
from django.utils import translation
from django.utils.translation import gettext

from supportcenter import clock, doctor
from supportcenter.doctor import fail, health_check, ok, warn
from supportcenter.jobs.models import Heartbeat, Job, Role
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers.heartbeat import MISSED, Pulse
from supportcenter.management import configuration_checks
from supportcenter.management.start_up_line import summary
from tests.environment import ROOT, site_environment
from tests.sessions_app.storage.test_virus_scanner import scanner  # noqa: F401
from tests.sessions_app.storing import leave_no_space
from tests.supportcenter.answering import answering, as_the_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_folder(settings, tmp_path):
    """In which no other test has noted anything."""
    settings.DATA_DIR = tmp_path


@pytest.fixture(autouse=True)
def an_address(settings):
    """Which answers as the site does."""
    with answering(as_the_site) as address:
        settings.SITE_URL = settings.SITE_ORIGIN = address
        yield


@pytest.fixture(autouse=True)
def a_program(settings):
    settings.FFMPEG = "true"


@pytest.fixture(autouse=True)
def a_runner(db):
    """The threads of `serve` are alive, wherever they are."""
    Pulse(Role.RUNNER).beat()


def examined():
    """(the lines, whether it failed)"""
    out = StringIO()
    try:
        call_command("doctor", stdout=out)
    except CommandError:
        return out.getvalue().splitlines(), True
    return out.getvalue().splitlines(), False


def lines_of(check):
    """Without what to do."""
    return [line for line in examined()[0] if line[6:].startswith(f"{check}:")]


def advice_on(check):
    """What each finding of a check asks for."""
    return [finding.do for name, finding in doctor.examine() if name == check]


def test_site_that_has_everything_passes_with_a_line_for_each():
    lines, failed = examined()
    assert not failed
    # A site may do without a relay, and without a mail server while it is one for developers, but should not.
    assert [line[:4] for line in lines if line[:6] not in {"ok    ", " " * 6}] == ["warn", "warn"]
    checks = [
        "database",
        "Redis",
        "DATA_DIR",
        "clock skew",
        "secret key",
        "strangers",
        "HTTPS",
        "deployment",
        "scripts",
    ]
    checks += [
        "scripts",
        "settings",
        "mail",
        "proxy",
        "public address",
        "time zone",
        "jobs",
        "heartbeats",
        "disk",
        "ffmpeg",
        "virus scanner",
    ]
    assert [check for check in checks if not lines_of(check)] == []


def test_disk_below_its_floor_fails():
    leave_no_space()
    assert examined()[1]
    assert all(line.startswith("FAIL") and "MiB must be" in line for line in lines_of("disk"))


def test_program_that_is_optional_is_a_warning(settings):
    settings.FFMPEG = "no-such-program"
    assert not examined()[1]
    assert lines_of("ffmpeg") == ["warn  ffmpeg: not found: recordings are kept as the browser sent them"]


def test_relay_that_is_missing_is_a_warning(settings):
    assert [line[:4] for line in lines_of("relay")] == ["warn"]
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:relay.invalid"], "secret"
    assert lines_of("relay") == ["ok    relay: configured: turn:relay.invalid"]
    assert lines_of("relay answers") == ["FAIL  relay answers: turn:relay.invalid: there is no such host"]


def test_folder_that_is_missing_fails(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "nowhere"
    assert [line[:4] for line in lines_of("DATA_DIR")] == ["FAIL"]


def test_redis_that_is_away_fails(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert [line[:4] for line in lines_of("Redis")] == ["FAIL"]


def test_redis_that_answers_passes(settings, redis_url):
    settings.REDIS_URL = redis_url
    assert lines_of("Redis") == ["ok    Redis: answers"]


def test_scanner_that_is_away_fails(settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    assert [line[:4] for line in lines_of("virus scanner")] == ["FAIL"]


def test_jobs_that_nothing_runs_fail():
    run_later("tests.unheard_of", due=clock.now() - timedelta(minutes=4))
    assert lines_of("jobs") == ["ok    jobs: none is overdue"]
    run_later("tests.unheard_of", due=clock.now() - timedelta(minutes=6))
    (line,) = lines_of("jobs")
    assert line.startswith("FAIL  jobs: 1 is overdue: tests.unheard_of since ")


def test_jobs_that_have_failed_are_a_warning():
    run_later("tests.unheard_of")
    Job.objects.update(failed_at=clock.now())
    assert "warn  jobs: 1 has failed for good" in lines_of("jobs")


def test_check_that_breaks_is_a_finding(monkeypatch):
    monkeypatch.setattr(doctor, "_checks", {})

    @health_check("broken")
    def broken():
        yield ok("so far")
        raise RuntimeError("and no further")

    @health_check("next")
    def following():
        yield warn("still looked at")

    assert [(name, *finding[:2]) for name, finding in doctor.examine()] == [
        ("broken", doctor.Level.OK, "so far"),
        ("broken", doctor.Level.FAIL, "RuntimeError: and no further"),
        ("next", doctor.Level.WARN, "still looked at"),
    ]


def test_two_checks_cannot_have_one_name(monkeypatch):
    monkeypatch.setattr(doctor, "_checks", {})
    health_check("one")(list)
    with pytest.raises(AssertionError):
        health_check("one")(tuple)


# ---- Servers and clocks ----------------------------------------------------------------------------------------


def test_migration_that_is_not_applied_fails():
    MigrationRecorder(connection).record_unapplied("jobs", "0005_heartbeat")
    assert lines_of("database")[1:] == ["FAIL  database: 1 migration is not applied"]
    assert advice_on("database") == ["", "Run “manage.py prepare”."]


def test_database_that_is_away_fails(postgres_url, tmp_path):
    """Its server answers, and does not know it."""
    away = urlunsplit(urlsplit(postgres_url)._replace(path="/nowhere"))
    said = run(site_environment(tmp_path, DATABASE_URL=away), "doctor")
    assert said.returncode == 1
    (line,) = [line for line in said.stdout.splitlines() if "  database: " in line]
    assert line.startswith("FAIL  database: PostgreSQL does not answer: ")


def test_two_processes_without_redis_fail():
    Pulse(Role.RUNNER, name="elsewhere:1").beat()
    (line,) = lines_of("Redis")
    assert line.startswith("FAIL  Redis: not configured, and several processes serve: elsewhere:1, ")


def test_clock_of_the_database_that_differs_fails(monkeypatch):
    monkeypatch.setattr(clock, "look", lambda: clock.Reading(datetime.now(UTC) - timedelta(seconds=9), time.time(), 0))
    monkeypatch.setattr(connection, "vendor", "postgresql")
    (line,) = lines_of("clock skew")
    assert line == "FAIL  clock skew: database: this machine’s clock is 9.0 seconds ahead"
    assert "NTP" in advice_on("clock skew")[0]


def test_clock_of_redis_is_compared(settings, redis_url):
    settings.REDIS_URL = redis_url
    assert lines_of("clock skew")[1:] == ["ok    clock skew: Redis: the clocks agree"]


def test_clock_of_redis_that_differs_fails(settings, redis_url, time_machine):
    settings.REDIS_URL = redis_url
    time_machine.move_to(datetime.now(UTC) - timedelta(seconds=40))
    assert lines_of("clock skew")[1].startswith("FAIL  clock skew: Redis: this machine’s clock is ")
    assert lines_of("clock skew")[1].endswith(" seconds behind")


# ---- Processes -------------------------------------------------------------------------------------------------


def test_runner_that_is_gone_fails():
    Heartbeat.objects.update(at=clock.now() - MISSED)
    assert lines_of("heartbeats") == [
        "FAIL  heartbeats: the thread that runs jobs has not been heard from for a minute"
    ]
    assert "manage.py serve" in advice_on("heartbeats")[0]


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        (
            [Role.CLOCK, Role.SWEEP],
            "no worker has been heard from for a minute: no mail is sent, and no deadline is kept",
        ),
        ([Role.WORKER, Role.SWEEP], "the clock has not been heard from for a minute: deadlines are not kept"),
        ([Role.WORKER, Role.CLOCK], "no sweep of the clock has come to a worker for a minute"),
    ],
)
def test_worker_or_clock_that_is_gone_fails(settings, there, missing):
    settings.JOBS_RUNNER = "celery"
    for role in there:
        Pulse(role).beat()
    assert lines_of("heartbeats") == [f"FAIL  heartbeats: {missing}"]


def test_worker_and_clock_that_are_there_pass(settings):
    settings.JOBS_RUNNER = "celery"
    for role in (Role.WORKER, Role.CLOCK, Role.SWEEP):
        Pulse(role, name=f"there:{role.value}").beat()
    (line,) = lines_of("heartbeats")
    assert line.startswith("ok    heartbeats: alive: clock there:clock, ")


def test_process_with_another_key_fails(settings):
    with override_settings(SECRET_KEY="another " * 10):
        Pulse(Role.WORKER, name="elsewhere:1").beat()
    assert lines_of("secret key") == ["FAIL  secret key: these processes have another key than this one: elsewhere:1"]


@pytest.mark.parametrize("key", ["short", "x" * 60, "django-insecure-" + "abcdefghijkl" * 4])
def test_key_that_can_be_guessed_fails(settings, key):
    settings.SECRET_KEY = key
    assert lines_of("secret key") == ["FAIL  secret key: it can be guessed"]


# ---- Settings --------------------------------------------------------------------------------------------------


@pytest.fixture
def public(settings):
    """A site in production, as its settings are behind a TLS proxy."""
    settings.SITE_URL = "https://support.example.org"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31_536_000


def test_public_site_that_is_right_passes(public):
    assert lines_of("strangers") == ["ok    strangers: nothing that is for developers is open to them"]
    assert lines_of("HTTPS") == ["ok    HTTPS: https://support.example.org"]
    assert lines_of("deployment") == ["ok    deployment: Django’s checks for deployment find nothing"]


def test_what_is_for_developers_fails_on_a_public_site(public, settings):
    settings.DEBUG = settings.DEVELOPER_PAGES = True
    call_command("seed_demo", stdout=StringIO())
    assert lines_of("strangers") == [
        "FAIL  strangers: DEBUG shows them the site’s internals",
        "FAIL  strangers: DEVELOPER_PAGES shows them other people’s mail",
        "FAIL  strangers: demo accounts can sign in: amal, bilal, dana, eve, faris",
    ]
    assert all(advice_on("strangers"))


def test_what_is_for_developers_may_be_on_this_machine(settings):
    settings.DEBUG = settings.DEVELOPER_PAGES = True
    assert lines_of("strangers") == ["ok    strangers: SITE_URL is for this machine alone"]


def test_public_site_without_tls_fails(settings):
    settings.SITE_URL = "http://support.example.org"
    (line,) = lines_of("HTTPS")
    assert line.startswith("FAIL  HTTPS: http://support.example.org: browsers share no screen")


def test_what_django_warns_of_is_a_warning(public, settings):
    settings.SESSION_COOKIE_SECURE = False
    (line,) = lines_of("deployment")
    assert line.startswith("warn  deployment: security.W010: ")


def test_production_passes_djangos_own_checks(tmp_path):
    """The settings themselves, as the environment of a site behind a TLS proxy makes them."""
    address, key = "https://support.example.org", "0123456789abcdef" * 2
    production = site_environment(tmp_path, SITE_URL=address, TRUSTED_PROXIES="1", SECRET_KEY=key)
    asked = "check", "--deploy", "--fail-level", "WARNING"
    said = run(production, *asked)
    assert said.returncode == 0, said.stderr
    assert "security.W018" in run(production | {"DEBUG": "1"}, *asked).stderr


def test_public_site_without_bundles_is_a_warning(public, settings, tmp_path):
    assert lines_of("scripts") == ["warn  scripts: pages load them one by one, in a hundred requests"]
    settings.STATIC_ROOT = tmp_path
    backend = "supportcenter.static_files.ModuleManifestStorage"
    manifest = {"version": "1.1", "hash": "", "paths": {"js/pages/site.js.map": "js/pages/site.js.0123.map"}}
    (tmp_path / "staticfiles.json").write_text(json.dumps(manifest))
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    assert lines_of("scripts") == ["ok    scripts: one file for each page"]


def test_zone_of_the_machine_that_the_site_does_not_have_is_a_warning(settings, monkeypatch):
    settings.TIME_ZONE = "UTC"
    monkeypatch.setattr(configuration_checks, "MACHINE_ZONE", Path(TZPATH[0]) / "Asia/Kathmandu")
    assert lines_of("time zone") == ["warn  time zone: the site’s is UTC, while this machine’s clock shows UTC+05:45"]
    settings.TIME_ZONE = "Europe/Berlin"
    assert lines_of("time zone") == ["ok    time zone: Europe/Berlin"]


# ---- Looking ---------------------------------------------------------------------------------------------------


@pytest.fixture
def checks(monkeypatch):
    """No check but the test's own."""
    monkeypatch.setattr(doctor, "_checks", {})
    monkeypatch.setattr(doctor, "autodiscover_modules", lambda name: None)


@pytest.mark.django_db(transaction=True)
def test_check_that_does_not_come_back_keeps_nobody(checks):
    never = threading.Event()

    @health_check("dead", patience=0)
    def dead():
        yield ok("it was called")
        never.wait()

    @health_check("next")
    def following():
        yield ok("looked at")

    try:
        assert ("next", ok("looked at")) in [*doctor.examine()]
        again = [finding for name, finding in doctor.examine() if name == "dead"]
        assert [(finding.level, bool(finding.do)) for finding in again] == [(doctor.Level.FAIL, True)]
        assert again[0].words == "Someone is still waiting for the answer."
    finally:
        never.set()


@pytest.mark.django_db(transaction=True)
def test_words_are_in_the_language_of_the_reader(checks):
    @health_check("polite")
    def polite():
        yield ok(gettext("answers"))

    with translation.override("ar"):
        assert [finding.words for _, finding in doctor.examine()] == ["يستجيب"]


def test_active_check_waits_to_be_asked_for(checks):
    @health_check("probe", active=True)
    def probe():
        yield ok("sent")

    assert list(doctor.examine(active=False)) == []
    assert doctor.left_out() == ["probe"]
    assert [finding.words for _, finding in doctor.examine()] == ["sent"]


def test_every_finding_that_is_not_well_says_what_to_do(public, settings):
    leave_no_space()
    settings.FFMPEG, settings.CLAMD_URL = "no-such-program", "tcp://127.0.0.1:1"
    settings.REDIS_URL, settings.JOBS_RUNNER = "redis://127.0.0.1:1/0", "celery"
    settings.DEBUG, settings.SESSION_COOKIE_SECURE = True, False
    run_later("tests.unheard_of", due=clock.now() - timedelta(minutes=6))
    findings = [(name, finding) for name, finding in doctor.examine() if finding.level is not doctor.Level.OK]
    unwell = {"Redis", "heartbeats", "jobs", "disk", "ffmpeg", "virus scanner", "strangers", "deployment"}
    assert unwell <= {name for name, _ in findings}
    assert [name for name, finding in findings if not finding.do] == []


# ---- The line at start-up --------------------------------------------------------------------------------------


def test_line_at_start_up_says_that_all_is_well():
    assert summary([("database", ok("answers"))]) == "Doctor: all well."


def test_line_at_start_up_names_the_first():
    found = [("one", fail("gone")), *[(f"w{number}", warn("slow")) for number in range(5)], ("database", ok("answers"))]
    assert summary(found) == (
        "Doctor: 1 failure (one: gone); 5 warnings (w0: slow; w1: slow; w2: slow; 2 more). "
        "`manage.py doctor` says what to do."
    )


def run(environment, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
