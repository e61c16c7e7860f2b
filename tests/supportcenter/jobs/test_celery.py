"""Celery wakes and carries; the rows stay the truth."""

import json
import shutil
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.request import urlopen

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from supportcenter.jobs import tasks
from supportcenter.jobs.outbox import celery_wake
from supportcenter.jobs.outbox.later import run_later
from tests.services import free_port, running
from tests.site_process import ROOT, wait_until
from tests.stage.process import StageProcess


@pytest.fixture
def celery(settings):
    """This process as one that leaves its jobs to Celery."""
    settings.JOBS_RUNNER = "celery"


@pytest.fixture
def sent(celery, monkeypatch):
    """The wake-ups that were sent."""
    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_: sent.append((name, args)))
    return sent


@pytest.mark.django_db(transaction=True)
def test_commit_sends_the_rows_id_and_only_then(sent):
    with transaction.atomic():
        job = run_later("tests.note")
        celery_wake.unsent.join()
        assert sent == []
    celery_wake.unsent.join()
    assert sent == [("jobs.run", [job.pk])]


@pytest.mark.django_db(transaction=True)
def test_deadline_wakes_nobody_before_its_time(sent):
    run_later("tests.note", due=timezone.now() + timedelta(hours=1))
    celery_wake.unsent.join()
    assert sent == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_lost_broker_costs_neither_request_nor_job(celery, monkeypatch, calls, caplog):
    asked, answer = threading.Event(), threading.Event()

    def away(*_, **__):
        asked.set()
        answer.wait(10)
        raise OperationalError("Connection refused")

    monkeypatch.setattr(current_app, "send_task", away)
    for number in range(celery_wake.MOST_UNSENT + 10):
        run_later("tests.note", number=number)
    assert asked.wait(10)
    answer.set()
    celery_wake.unsent.join()
    assert "the sweep will find it: Connection refused" in caplog.text
    tasks.sweep()
    assert [call["number"] for call in calls] == list(range(celery_wake.MOST_UNSENT + 10))


@pytest.mark.django_db
def test_task_and_sweep_never_run_a_job_twice(calls, django_capture_on_commit_callbacks):
    job = run_later("tests.note")
    tasks.run_job(job.pk)
    tasks.run_job(job.pk)
    tasks.sweep()
    assert len(calls) == 1


@pytest.mark.process
def test_worker_runs_what_the_site_commits_and_beat_what_nobody_sent(prepared_folder, tmp_path, redis_url):
    """The site and a worker, and then beat as well; the last job is written while nobody tells Redis."""
    folder = shutil.copytree(prepared_folder, tmp_path / "site")
    with StageProcess(folder, REDIS_URL=redis_url) as site:
        with worker(site):
            site.run_later("stage.sign", name="sent")
            # Without beat there is no sweep that would find the job anyway.
            wait_until(lambda: site.signs("sent"))
        with worker(site, "--beat", "--schedule", site.data_dir / "beat"):
            site.insert_job("stage.sign", name="swept")
            wait_until(lambda: site.jobs_left == 0)
    assert (site.signs("sent"), site.signs("swept")) == (1, 1)


@pytest.mark.process
def test_worker_and_clock_are_heard_of_and_say_so_themselves(prepared_folder, tmp_path, redis_url):
    folder = shutil.copytree(prepared_folder, tmp_path / "site")
    with StageProcess(folder, REDIS_URL=redis_url) as site:
        assert missing(site) == {"worker", "clock", "sweep"}
        ports = {"worker": str(free_port()), "beat": str(free_port())}
        with (
            celery_program(site, "worker", "--pool", "solo", HEALTH_PORT=ports["worker"]) as a_worker,
            celery_program(site, "beat", "--schedule", folder / "beat", HEALTH_PORT=ports["beat"]) as beat,
        ):
            wait_until(lambda: missing(site) == set())
            for port in ports.values():
                with urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
                    assert json.load(answer) == {"status": "ok"}
            for program in (beat, a_worker):
                program.terminate()
                program.wait(30)
        # Their rows are gone with them; that of the last sweep grows old.
        wait_until(lambda: missing(site) == {"worker", "clock"})


def missing(site):
    """What the site has not heard of. It looks once a second."""
    with urlopen(f"{site.url}/readyz") as answer:
        return set(json.load(answer).get("degraded", {}))


def celery_program(site, *arguments, **settings):
    command = [sys.executable, "-m", "celery", "-A", "supportcenter", *arguments]
    return running(command, env=site.environment | settings, cwd=ROOT)


def worker(site, *options):
    command = [sys.executable, "-m", "celery", "-A", "supportcenter", "worker", "--pool", "solo", *options]
    return running(command, env=site.environment, cwd=ROOT)


def test_thread_that_wakes_workers_speaks_to_our_broker():
    """Celery's current application belongs to the thread that made it; the others have the default one."""
    from supportcenter.celery import app

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(lambda: current_app.main).result() == app.main


def test_sweep_comes_often_and_an_old_one_is_dropped():
    from supportcenter.celery import app

    sweep = app.conf.beat_schedule["sweep"]
    assert sweep["schedule"] <= 5
    assert sweep["options"]["expires"] <= sweep["schedule"]
