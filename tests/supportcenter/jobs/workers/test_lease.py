"""A slow job is nobody else's while its process lives, and soon somebody's when that was killed."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.claim import LEASE, SLOW_LEASE, claim
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers import lease
from supportcenter.jobs.workers.runner import handler, run_one
from tests.site_process import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
AN_HOUR_AGO = timedelta(hours=-1)


@handler("tests.takes_long", slow=True)
def takes_long(pk):
    """Until its lease, which is made to end meanwhile, has been renewed."""
    mine = Job.objects.filter(pk=pk)
    mine.update(lease_until=timezone.now() + AN_HOUR_AGO)
    wait_until(lambda: mine.get().lease_until > timezone.now(), patience=30)


@handler("tests.slow", slow=True)
def slow():
    pass


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(lease, "RENEW_EVERY", 0.01)


def keepers():
    return [thread for thread in threading.enumerate() if thread.name.startswith("lease-")]


def test_lease_is_renewed_while_the_handler_runs_and_no_longer(at_once):
    job = run_later("tests.takes_long")
    Job.objects.filter(pk=job.pk).update(payload={"pk": job.pk})

    assert run_one(job.pk)

    assert not Job.objects.filter(pk=job.pk).exists()
    wait_until(lambda: not keepers())


def test_slow_job_of_a_killed_process_is_free_within_a_minute():
    job = run_later("tests.slow")
    claim(timezone.now())

    assert claim(timezone.now()) is None
    assert claim(timezone.now() + timedelta(minutes=1)).pk == job.pk


def test_renewal_comes_several_times_within_a_lease():
    assert lease.RENEW_EVERY * 4 <= SLOW_LEASE.total_seconds() < LEASE.total_seconds()


def test_handler_that_hangs_does_not_keep_its_job_for_ever(at_once, monkeypatch):
    monkeypatch.setattr(lease, "LONGEST", 0)
    run_later("tests.slow")
    job = claim(timezone.now())
    until, over = Job.objects.get().lease_until, threading.Event()
    keeper = threading.Thread(target=lease.keep, args=(job, over))

    keeper.start()
    keeper.join(30)

    assert not keeper.is_alive()
    assert Job.objects.get().lease_until == until


def test_who_has_lost_the_job_renews_nothing():
    run_later("tests.slow")
    lost = claim(timezone.now())
    claim(timezone.now() + SLOW_LEASE)

    assert not lost.renew(until=timezone.now() + LEASE)


def test_who_has_lost_the_job_does_not_end_it():
    """What has it now may fail, and wants another attempt."""
    run_later("tests.slow")
    lost = claim(timezone.now())
    claim(timezone.now() + SLOW_LEASE)

    lost.finish(every=None, now=timezone.now())

    assert Job.objects.get().lease_until is not None


def test_who_has_lost_the_job_does_not_end_it_when_the_next_has_given_it_back():
    """An attempt that could store nothing does not count, so that the number is that of the one before again."""
    run_later("tests.slow")
    lost = claim(timezone.now())
    claim(timezone.now() + SLOW_LEASE).give_back("full", now=timezone.now())

    lost.finish(every=None, now=timezone.now())

    assert Job.objects.exists()


def test_job_that_waits_for_its_next_attempt_is_not_claimed_again_by_a_late_renewal():
    run_later("tests.slow")
    job = claim(timezone.now())
    job.postpone_or_give_up("no luck", now=timezone.now())

    assert not job.renew(until=timezone.now() + LEASE)
    assert Job.objects.get().lease_until is None


def test_renewal_that_fails_is_tried_again(at_once, caplog):
    """As while the database is away: the thread goes on, and says so."""
    run_later("tests.slow")
    job = claim(timezone.now())
    over, number = threading.Event(), job.pk
    job.pk = "no number"
    keeper = threading.Thread(target=lease.keep, args=(job, over))
    keeper.start()
    wait_until(lambda: "could not be renewed" in caplog.text)
    Job.objects.update(lease_until=timezone.now() + AN_HOUR_AGO)

    job.pk = number

    wait_until(lambda: Job.objects.get().lease_until > timezone.now())
    over.set()
    keeper.join()
