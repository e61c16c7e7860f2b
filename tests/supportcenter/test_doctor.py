"""`manage.py doctor`: a line for each thing that the site needs, and 1 if one of them is missing."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from supportcenter import clock, doctor
from supportcenter.doctor import health_check, ok, warn
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.later import run_later
from tests.sessions_app.storage.test_virus_scanner import scanner  # noqa: F401
from tests.sessions_app.storing import leave_no_space

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_program(settings):
    settings.FFMPEG = "true"


def examined():
    """(the lines, whether it failed)"""
    out = StringIO()
    try:
        call_command("doctor", stdout=out)
    except CommandError:
        return out.getvalue().splitlines(), True
    return out.getvalue().splitlines(), False


def lines_of(check):
    return [line for line in examined()[0] if line[6:].startswith(f"{check}:")]


def test_site_that_has_everything_passes_with_a_line_for_each():
    lines, failed = examined()
    assert not failed
    # A site may do without a relay, but should not.
    assert [line for line in lines if line[:6] not in {"ok    ", " " * 6}] == lines_of("relay")
    checks = ["database", "Redis", "DATA_DIR", "jobs", "disk", "ffmpeg", "virus scanner"]
    assert [check for check in checks if not lines_of(check)] == []


def test_disk_below_its_floor_fails():
    leave_no_space()
    assert examined()[1]
    assert all(line.startswith("FAIL") and "MiB have to be" in line for line in lines_of("disk"))


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
    assert line.startswith("FAIL  jobs: 1 are overdue, tests.unheard_of since ")


def test_jobs_that_have_failed_are_a_warning():
    run_later("tests.unheard_of")
    Job.objects.update(failed_at=clock.now())
    assert "warn  jobs: 1 have failed for good; their rows hold the errors" in lines_of("jobs")


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
