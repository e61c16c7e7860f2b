"""The runner thread: woken by a commit, asleep otherwise."""

import threading
from datetime import timedelta
from queue import Queue

import pytest
from django.db import transaction
from django.utils import timezone

from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.claim import claim
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers import embedded
from supportcenter.jobs.workers.embedded import EmbeddedRunner
from supportcenter.jobs.workers.runner import handler

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 10
_ran = threading.Event()


@handler("tests.tell_thread")
def tell_thread():
    _ran.set()


_free = threading.Event()


@handler("tests.wait_long", slow=True)
def wait_long():
    assert _free.wait(PATIENCE)


@handler("tests.tell_at_once", slow=True, urgent=True)
def tell_at_once():
    _ran.set()


@handler("tests.wait_urgently", slow=True, urgent=True)
def wait_urgently():
    assert _free.wait(PATIENCE)


@handler("tests.tell_slowly", slow=True)
def tell_slowly():
    _ran.set()


class Alarm(threading.Event):
    """One that tells when it is set, and for how many seconds its thread goes to sleep."""

    def __init__(self):
        super().__init__()
        self.rung, self.sleeps = [], Queue()

    def set(self):
        self.rung.append(threading.current_thread())
        super().set()

    def wait(self, timeout=None):
        self.sleeps.put(timeout)
        return super().wait(timeout)


@pytest.fixture
def runner(monkeypatch):
    """A running thread that nothing but a commit or a due time can wake."""
    monkeypatch.setattr(embedded, "LONGEST_SLEEP", 3600)
    _ran.clear()
    runner = EmbeddedRunner()
    for thread in runner.threads:
        thread.alarm = Alarm()
    yield runner
    runner.stop()
    runner.join(PATIENCE)
    assert not runner.is_alive()


def test_commit_wakes_the_runner(runner):
    runner.start()
    alarms = [thread.alarm for thread in runner.threads]
    for alarm in alarms:
        alarm.sleeps.get(timeout=PATIENCE)
    with transaction.atomic():
        run_later("tests.tell_thread")
        assert [alarm.rung for alarm in alarms] == [[] for _alarm in alarms]
    assert _ran.wait(PATIENCE)


def test_runner_sleeps_until_the_next_job_is_due(runner):
    runner.start()
    due = timezone.now() + timedelta(milliseconds=200)
    run_later("tests.tell_thread", due=due)
    assert _ran.wait(PATIENCE)
    assert due <= timezone.now()


def test_slow_work_keeps_no_deadline_waiting(runner):
    _free.clear()
    runner.start()
    run_later("tests.wait_long")
    run_later("tests.tell_thread")
    assert _ran.wait(PATIENCE)
    assert Job.objects.filter(kind="tests.wait_long").exists()
    _free.set()


def test_slow_work_keeps_nothing_urgent_waiting(runner):
    _free.clear()
    runner.start()
    for _each in range(3):
        run_later("tests.wait_long")
    run_later("tests.tell_at_once")
    assert _ran.wait(PATIENCE)
    _free.set()


def test_what_is_urgent_keeps_no_slow_work_waiting(runner):
    _free.clear()
    runner.start()
    for _each in range(3):
        run_later("tests.wait_urgently")
    run_later("tests.tell_slowly")
    assert _ran.wait(PATIENCE)
    _free.set()


def test_runner_takes_over_what_a_dead_process_held(runner):
    run_later("tests.tell_thread")
    claim(timezone.now())
    runner.start()
    assert _ran.wait(PATIENCE)


def test_runner_outlives_a_database_that_is_away(runner, monkeypatch):
    monkeypatch.setattr(embedded, "LONGEST_SLEEP", 0.01)
    away = threading.Event()

    def unreachable(**_):
        away.set()
        raise ConnectionError("the database is away")

    with monkeypatch.context() as outage:
        outage.setattr(embedded, "run_due", unreachable)
        runner.start()
        assert away.wait(PATIENCE)
    run_later("tests.tell_thread")
    assert _ran.wait(PATIENCE)


def test_idle_runner_asks_nothing(runner):
    """Each queue looks when it starts and when a row has come, and sleeps until there is something to do."""
    runner.start()
    alarms = [thread.alarm for thread in runner.threads]
    for alarm in alarms:
        assert alarm.sleeps.get(timeout=PATIENCE) == 3600
    run_later("tests.tell_thread", due=timezone.now() + timedelta(hours=2))
    for alarm in alarms:
        assert alarm.sleeps.get(timeout=PATIENCE) == 3600
    assert Job.objects.count() == 1
