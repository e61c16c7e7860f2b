"""Signs of life: written now and then, found missing after a minute, taken away at the end."""

from datetime import timedelta

import pytest
from django.db import DatabaseError

from supportcenter import clock
from supportcenter.jobs import tasks
from supportcenter.jobs.models import Heartbeat, Role
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers import heartbeat
from supportcenter.jobs.workers.embedded import EmbeddedRunner
from supportcenter.jobs.workers.heartbeat import FORGOTTEN, MISSED, Heart, Pulse, heard_of
from tests.site_process import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def roles():
    return [each.role for each in heard_of()]


def test_process_is_heard_of_for_a_minute():
    Pulse(Role.WORKER).beat()
    assert roles() == ["worker"]
    Heartbeat.objects.update(at=clock.now() - MISSED)
    assert roles() == []


def test_heartbeat_is_written_once_in_a_while():
    pulse = Pulse(Role.WORKER)
    pulse.beat_if_due()
    written = Heartbeat.objects.get().at
    pulse.beat_if_due()
    assert Heartbeat.objects.get().at == written


def test_rows_of_dead_processes_are_forgotten():
    Pulse(Role.WORKER, name="dead:1").beat()
    Heartbeat.objects.update(at=clock.now() - FORGOTTEN - timedelta(seconds=1))
    Pulse(Role.WORKER, name="alive:2").beat()
    assert [each.name for each in Heartbeat.objects.all()] == ["alive:2"]


def test_heartbeat_that_fails_stops_nobody(monkeypatch, caplog):
    def away(self):
        raise DatabaseError("gone")

    monkeypatch.setattr(Pulse, "beat", away)
    Pulse(Role.RUNNER).beat_if_due()
    assert "No heartbeat of the runner could be left: gone" in caplog.text


def test_embedded_runner_beats_and_takes_its_row_away():
    runner = EmbeddedRunner()
    runner.start()
    try:
        wait_until(lambda: roles() == ["runner"])
    finally:
        runner.stop()
        runner.join()
    assert not Heartbeat.objects.exists()


def test_embedded_runner_that_starts_forgets_the_one_before_it():
    Pulse(Role.RUNNER, name="killed:1").beat()
    runner = EmbeddedRunner()
    runner.start()
    try:
        wait_until(lambda: "killed:1" not in [each.name for each in heard_of()])
    finally:
        runner.stop()
        runner.join()


def test_sweep_that_comes_to_a_worker_is_seen(monkeypatch):
    monkeypatch.setattr(tasks, "sweeps", Pulse(Role.SWEEP, name="sweep"))
    run_later("tests.note")
    tasks.sweep()
    assert roles() == ["sweep"]


def test_heart_beats_only_while_its_process_does_what_it_is_for(monkeypatch):
    monkeypatch.setattr(heartbeat, "EVERY", 0)
    asked, well = [], []

    def is_well():
        asked.append(1)
        return bool(well)

    heart = Heart(Pulse(Role.CLOCK), is_well)
    heart.start()
    try:
        wait_until(lambda: asked)
        assert roles() == []
        well.append(1)
        wait_until(lambda: roles() == ["clock"])
    finally:
        heart.stop()
    assert not Heartbeat.objects.exists()
