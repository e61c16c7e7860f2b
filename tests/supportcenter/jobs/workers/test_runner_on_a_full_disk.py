"""While nothing can be stored no job is lost, and none uses up its attempts."""

import errno
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from supportcenter.jobs.models import AGAIN_WHEN_FULL, MOST_ATTEMPTS, Job
from supportcenter.jobs.outbox.claim import SLOW_LEASE
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers.embedded import LONGEST_SLEEP, EmbeddedRunner
from supportcenter.jobs.workers.runner import handler, run_due
from supportcenter.refusals.storage_full import forget_last_line

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("full_again")]
_disk = {"is_full": True, "takes_the_database_along": False}
_written = []


@handler("tests.write")
def write(text):
    if _disk["takes_the_database_along"]:
        take_changes(False)
    if _disk["is_full"]:
        raise OSError(errno.ENOSPC, "No space left on device")
    _written.append(text)


def take_changes(allowed):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA query_only = {'OFF' if allowed else 'ON'}")


@pytest.fixture
def full_again():
    _disk.update(is_full=True, takes_the_database_along=False)
    _written.clear()
    forget_last_line()
    yield
    take_changes(True)
    forget_last_line()


def test_attempts_do_not_count_and_it_runs_once_there_is_room(time_machine):
    time_machine.move_to(timezone.now())
    job = run_later("tests.write", text="kept")
    for _ in range(3 * MOST_ATTEMPTS):
        assert run_due() == 1
        job.refresh_from_db()
        assert (job.attempts, job.failed_at, job.lease_until) == (0, None, None)
        assert "No space left" in job.error
        time_machine.shift(AGAIN_WHEN_FULL + timedelta(seconds=1))
    _disk["is_full"] = False
    run_due()
    assert _written == ["kept"]
    assert not Job.objects.filter(kind="tests.write").exists()


def test_job_that_cannot_be_given_back_either_is_given_back_as_soon_as_there_is_room(time_machine):
    time_machine.move_to(timezone.now())
    job = run_later("tests.write", text="kept")
    _disk["takes_the_database_along"] = True
    with pytest.raises(DatabaseError):
        run_due()
    job.refresh_from_db()
    assert job.attempts == 1
    _disk.update(is_full=False, takes_the_database_along=False)
    take_changes(True)

    assert run_due() == 0
    job.refresh_from_db()
    assert job.attempts == 0
    time_machine.shift(AGAIN_WHEN_FULL + timedelta(seconds=1))
    assert AGAIN_WHEN_FULL < SLOW_LEASE
    run_due()
    assert _written == ["kept"]


def test_job_that_was_done_and_could_not_be_finished_runs_again():
    job = run_later("tests.write", text="twice")
    _disk.update(is_full=False, takes_the_database_along=True)
    with pytest.raises(DatabaseError):
        run_due()
    _disk.update(takes_the_database_along=False)
    take_changes(True)

    run_due()
    job.refresh_from_db()
    assert (job.attempts, job.failed_at) == (0, None)
    run_due(now=job.due)
    assert _written == ["twice", "twice"]
    assert not Job.objects.filter(kind="tests.write").exists()


def test_thread_waits_and_says_so_in_a_line(caplog):
    run_later("tests.write", text="kept")
    take_changes(False)
    thread = EmbeddedRunner().threads[0]
    assert [thread.do_what_is_due() for _ in range(3)] == [LONGEST_SLEEP] * 3
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert caplog.records[0].exc_info is None
    assert "storage_full" in caplog.text
