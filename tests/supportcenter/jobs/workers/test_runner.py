"""Rows become calls: once each, later, again after a failure, never lost."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from supportcenter.jobs.models import MOST_ATTEMPTS, Job
from supportcenter.jobs.outbox.claim import LEASE, claim, take_over_leases
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers import runner
from supportcenter.jobs.workers.runner import plan_recurring, run_due, run_one

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def in_seconds(seconds):
    return timezone.now() + timedelta(seconds=seconds)


@pytest.fixture(autouse=True)
def no_other_clocks(monkeypatch):
    """The apps' own recurring jobs stay out of these tests."""
    monkeypatch.setattr(runner, "_recurring", {"tests.clock": runner._recurring["tests.clock"]})


@pytest.fixture
def now(time_machine):
    """Time that stands still."""
    time_machine.move_to(timezone.now(), tick=False)
    return timezone.now()


def test_handler_is_called_with_the_payload_and_the_row_goes(calls):
    run_later("tests.note", text="تم", number=3)
    assert run_due() == 1
    assert calls == [{"text": "تم", "number": 3}]
    assert Job.objects.count() == 0


def test_job_is_not_called_before_it_is_due(calls):
    run_later("tests.note", due=in_seconds(60), number=1)
    assert run_due() == 0
    assert run_due(now=in_seconds(61)) == 1
    assert calls == [{"number": 1}]


def test_jobs_run_in_the_order_of_their_due_times(calls):
    run_later("tests.note", due=in_seconds(20), number=2)
    run_later("tests.note", due=in_seconds(10), number=1)
    run_due(now=in_seconds(30))
    assert calls == [{"number": 1}, {"number": 2}]


def test_job_of_a_transaction_that_rolled_back_was_never_there(calls):
    with transaction.atomic():
        run_later("tests.note")
        transaction.set_rollback(True)
    assert run_due() == 0


def test_failed_job_keeps_its_error_and_waits_longer_each_time():
    run_later("tests.fails")
    waits = []
    for _ in range(MOST_ATTEMPTS - 1):
        tried_at = Job.objects.get().due
        assert run_due(now=tried_at) == 1
        waits.append((Job.objects.get().due - tried_at).total_seconds())
    assert waits == [5, 15, 45, 135, 405, 1215, 3645]
    assert "RuntimeError: no luck" in Job.objects.get().error


def test_job_is_kept_as_failed_after_the_last_attempt():
    run_later("tests.fails")
    for _ in range(MOST_ATTEMPTS):
        tried_at = Job.objects.get().due
        run_due(now=tried_at)
    assert Job.objects.get().failed_at == tried_at
    assert run_due(now=in_seconds(10**6)) == 0


def test_a_failure_does_not_hold_up_the_others(calls):
    run_later("tests.fails")
    run_later("tests.note", number=1)
    assert run_due() == 2
    assert calls == [{"number": 1}]


def test_kind_that_nobody_knows_is_tried_again_later():
    run_later("tests.unheard_of")
    run_due()
    assert "NoHandlerError: tests.unheard_of" in Job.objects.get().error


def test_leased_job_is_nobody_elses_until_the_lease_ends():
    run_later("tests.note")
    first = claim(timezone.now())
    assert first.attempts == 1
    assert claim(timezone.now()) is None
    assert claim(timezone.now() + LEASE).pk == first.pk


def test_only_runner_takes_leases_over_at_once():
    run_later("tests.note")
    claim(timezone.now())
    take_over_leases()
    assert claim(timezone.now()).attempts == 2


def test_job_that_killed_its_process_each_time_is_not_called_again(calls):
    run_later("tests.note")
    for _ in range(MOST_ATTEMPTS):
        claim(timezone.now())
        take_over_leases()
    run_due()
    assert calls == []
    assert "SpentError" in Job.objects.get().error
    assert Job.objects.get().failed_at is not None


def test_failure_of_a_runner_that_lost_its_lease_changes_nothing():
    run_later("tests.note")
    slow = claim(timezone.now())
    claim(timezone.now() + LEASE)
    slow.postpone_or_give_up("too late", now=timezone.now())
    assert Job.objects.get().error == ""


def test_run_one_takes_just_this_job_if_it_is_due(calls):
    later = run_later("tests.note", due=in_seconds(60))
    first, second = run_later("tests.note", number=1), run_later("tests.note", number=2)
    assert [run_one(second.pk), run_one(second.pk), run_one(later.pk)] == [True, False, False]
    assert calls == [{"number": 2}]
    assert list(Job.objects.values_list("pk", flat=True)) == [later.pk, first.pk]


def test_next_due_minds_leases_and_leaves_out_what_failed(now):
    assert Job.objects.next_due() is None
    run_later("tests.note", due=in_seconds(-5))
    run_later("tests.note", due=in_seconds(60))
    assert Job.objects.next_due() == in_seconds(-5)
    claim(now)
    assert Job.objects.next_due() == in_seconds(60)
    Job.objects.update(failed_at=now)
    assert Job.objects.next_due() is None


def test_recurring_job_comes_again_however_often_it_is_planned(now, calls):
    plan_recurring()
    plan_recurring()
    assert Job.objects.filter(kind="tests.clock").count() == 1
    assert run_due() == 0
    assert run_due(now=in_seconds(61)) == 1
    assert calls == [{"tick": True}]
    row = Job.objects.get(kind="tests.clock")
    assert (row.due, row.attempts, row.lease_until) == (in_seconds(121), 0, None)


def test_recurring_job_survives_any_number_of_failures(now, monkeypatch, calls):
    plan_recurring()
    monkeypatch.setitem(runner._handlers, "tests.clock", runner._handlers["tests.fails"])
    for _ in range(2 * MOST_ATTEMPTS):
        Job.objects.filter(kind="tests.clock").update(due=now)
        assert run_due() == 1
    assert Job.objects.get(kind="tests.clock").failed_at is None


def test_recurring_job_that_the_code_forgot_goes(monkeypatch):
    plan_recurring()
    monkeypatch.delitem(runner._recurring, "tests.clock")
    plan_recurring()
    assert not Job.objects.filter(kind="tests.clock").exists()


def test_claim_finds_the_head_by_its_index():
    """Ten thousand waiting rows must cost what one costs: the partial index is what the claim reads."""
    Job.objects.bulk_create(Job(kind="tests.note", due=in_seconds(n)) for n in range(2000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE jobs_job" if connection.vendor == "postgresql" else "ANALYZE")
    plan = Job.objects.pending().of_queue(False).filter(due__lte=in_seconds(5)).order_by("due", "id")[:1].explain()
    assert "jobs_pending_by_lane" in plan
    assert "TEMP B-TREE" not in plan
