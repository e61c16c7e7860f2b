"""One message for one time, no matter which worker runs the jobs: on both databases, by the clock that they share."""

from datetime import timedelta

import pytest
from django.core import mail

from supportcenter import clock
from supportcenter.jobs.models import Job
from supportcenter.jobs.workers.runner import run_due
from supportcenter.report_mail import jobs
from supportcenter.report_mail.actions import plan_due, subscribe
from supportcenter.report_mail.models import Subscription
from tests.races.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


class Dies(BaseException):
    """The process ends: nothing after it is run, and nothing is caught."""


@pytest.fixture
def due(amal):
    """Amal's daily report, which has been due since yesterday."""
    row = subscribe("representatives", rhythm="daily", weekday=0, hour=7, attachment="none", by=amal)
    Subscription.objects.filter(pk=row.pk).update(next_due=clock.now() - timedelta(days=1))
    return row


@pytest.fixture
def dies_at(monkeypatch):
    """Run the jobs in a process that dies where it would call that function."""

    def run(name):
        def die(*_args, **_more):
            raise Dies

        with monkeypatch.context() as patch:
            patch.setattr(jobs, name, die)
            with pytest.raises(Dies):
                run_due()

    return run


def lease_of_the_dead_one_ends():
    Job.objects.exclude(lease_until=None).update(lease_until=clock.now() - timedelta(seconds=1))


def left():
    return Job.objects.filter(kind="mail.send").count()


def test_two_workers_plan_one_job_and_send_one_message(due):
    together(plan_due, plan_due)
    assert left() == 1
    together(run_due, run_due)
    assert (len(mail.outbox), left()) == (1, 0)


def test_planning_moves_on_to_the_next_time(due):
    plan_due()
    due.refresh_from_db()
    assert clock.now() < due.next_due <= clock.now() + timedelta(days=1)
    plan_due()
    assert left() == 1


def test_worker_that_dies_before_it_sends_loses_nothing(due, dies_at):
    plan_due()
    dies_at("message_of")
    assert (len(mail.outbox), left()) == (0, 1)
    lease_of_the_dead_one_ends()
    run_due()
    assert (len(mail.outbox), left()) == (1, 0)


def test_worker_that_dies_after_it_sent_sends_no_other_message(due, dies_at):
    plan_due()
    dies_at("confirm_sending")
    lease_of_the_dead_one_ends()
    run_due()
    assert left() == 0
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 1


def test_planner_that_dies_in_between_leaves_it_due(due, monkeypatch):
    def die(*_args, **_more):
        raise Dies

    with monkeypatch.context() as patch:
        patch.setattr("supportcenter.report_mail.actions.post", die)
        with pytest.raises(Dies):
            plan_due()
    plan_due()
    run_due()
    assert len(mail.outbox) == 1
