"""Several processes distribute at once, some of them killed: no customer twice, none lost, no agent above the limit."""

import json
import subprocess
import sys
import time
from contextlib import contextmanager

import psycopg
import pytest

from tests.environment import site_environment
from tests.services import postgres_url  # noqa: F401 - a fixture

PYTHON = [sys.executable]
# Seconds without any progress.
PATIENCE = 60
FACTS = """
    SELECT (SELECT count(*) FROM webacd_waiting),
           (SELECT count(*) FROM webacd_supportrequest WHERE outcome = 'answered'),
           (SELECT count(*) FROM sessions_app_supportsession),
           (SELECT count(*) FROM (SELECT request_id FROM webacd_offer WHERE state IN ('accepted', 'open')
                                  GROUP BY request_id HAVING count(*) > 1) AS twice),
           (SELECT coalesce(max(held), 0) FROM (SELECT p.user_id, count(*) AS held FROM sessions_app_supportsession s
                JOIN sessions_app_participant p ON p.id = s.primary_id GROUP BY p.user_id) AS per_agent)
"""


@pytest.fixture
def race_environment(postgres_url, tmp_path):  # noqa: F811
    return site_environment(tmp_path, DATABASE_URL=postgres_url)


@pytest.mark.process
@pytest.mark.timeout(300)
def test_eight_workers_on_postgresql(race_environment):
    """10,000 waiting, 200 agents; two workers die in mid-assignment, and their leases are taken up again."""
    agents, slots, waiting, answered = 200, 2, 10_000, 120
    run(race_environment, "-m", "django", "migrate", "--verbosity=0")
    run(race_environment, "-m", "tests.webacd.race", "fill", agents, slots, waiting)
    with workers(race_environment, "work", 8, answered) as processes:
        wait_for(lambda: facts_of(race_environment)[1], answered // 3)
        for process in processes[:2]:
            process.kill()
        for process in processes[2:]:
            assert process.wait() == 0
    left, done, sessions, twice, most = facts_of(race_environment)
    assert left + done == waiting
    assert done == sessions >= answered
    assert twice == 0
    assert most <= slots
    oldest_first(race_environment, done)


@pytest.mark.process
@pytest.mark.timeout(300)
def test_everybody_is_assigned_once_on_postgresql(race_environment):
    everybody_is_assigned(race_environment, 8, agents=200, waiting=1_500)


@pytest.mark.process
@pytest.mark.timeout(300)
def test_everybody_is_assigned_once_on_sqlite(tmp_path):
    everybody_is_assigned(site_environment(tmp_path), 3, agents=10, waiting=120)


def everybody_is_assigned(environment, count, *, agents, waiting):
    """No double, no miss, though two workers are killed at it and some offers run out unnoticed, to be made again."""
    run(environment, "-m", "django", "migrate", "--verbosity=0")
    run(environment, "-m", "tests.webacd.race", "empty")
    run(environment, "-m", "tests.webacd.race", "fill", agents, 1, waiting, 5)
    with workers(environment, "drain", count) as processes:
        wait_for(lambda: facts(environment)["answered"], waiting // 10 + 1)
        for process in processes[:2]:
            process.kill()
        for process in processes[2:]:
            assert process.wait() == 0
    assert facts(environment) == {"waiting": 0, "answered": waiting, "accepted": waiting, "twice": 0, "open": 0}


def facts(environment):
    answer = subprocess.run(
        [*PYTHON, "-m", "tests.webacd.race", "tell"], env=environment, check=True, capture_output=True
    )
    return json.loads(answer.stdout)


def oldest_first(environment, answered):
    """Those who are answered were among the oldest: no further back than what could be under offer at the same time."""
    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        (place,) = connection.execute(
            """SELECT max(place) FROM (SELECT outcome, row_number() OVER (ORDER BY arrived_at) AS place
               FROM webacd_supportrequest) AS line WHERE outcome = 'answered'"""
        ).fetchone()
    assert place <= answered + 200 + 8


@contextmanager
def workers(environment, what, count, *more):
    command = [*PYTHON, "-m", "tests.webacd.race", what]
    started = [subprocess.Popen([*command, str(seed), *map(str, more)], env=environment) for seed in range(count)]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.wait()


def run(environment, *arguments):
    subprocess.run([*PYTHON, *map(str, arguments)], env=environment, check=True)


def facts_of(environment):
    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        return connection.execute(FACTS).fetchone()


def wait_for(count, goal):
    """Until `count()` has reached `goal`, however slow the machine is, unless it has not risen for PATIENCE seconds."""
    seen, since = count(), time.monotonic()
    while seen < goal:
        assert time.monotonic() < since + PATIENCE, f"no further than {seen} of {goal}"
        time.sleep(0.1)
        now = count()
        if now > seen:
            seen, since = now, time.monotonic()
