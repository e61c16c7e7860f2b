from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from supportcenter import clock
from supportcenter.accounts.actions import over
from supportcenter.accounts.actions.over import delete_sign_ins_that_are_over
from supportcenter.jobs.models import Job
from supportcenter.jobs.workers.runner import plan_recurring, run_due

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def keep(name, days):
    Session.objects.create(session_key=name, session_data="", expire_date=clock.now() + timedelta(days=days))


def test_only_what_is_over_is_deleted(monkeypatch):
    monkeypatch.setattr(over, "AT_ONCE", 2)
    for number in range(5):
        keep(f"over{number}", -2)
    keep("running", 1)
    assert delete_sign_ins_that_are_over(clock.now()) == 5
    assert Session.objects.get().session_key == "running"


def test_one_run_has_an_end(monkeypatch):
    monkeypatch.setattr(over, "AT_ONCE", 1)
    monkeypatch.setattr(over, "MOST", 3)
    for number in range(5):
        keep(f"over{number}", -2)
    delete_sign_ins_that_are_over(clock.now())
    assert Session.objects.count() == 2


def test_it_recurs():
    keep("over", -2)
    plan_recurring()
    Job.objects.exclude(kind="accounts.clear_sign_ins").delete()
    run_due(clock.now() + timedelta(hours=1, minutes=1))
    assert not Session.objects.exists()
    assert Job.objects.get().failed_at is None
