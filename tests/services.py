"""A real PostgreSQL and a real Redis for the tests that need them.

Each is taken from TEST_POSTGRES_URL or TEST_REDIS_URL, else started for this run from the programs installed here, else
looked for at its usual local address (PostgreSQL the other way round: it starts slowly, and each run gets a database of
its own there). Where none is found the tests are skipped, or fail in CI.

    python -m tests.services [--on-postgres] COMMAND …    runs a command with both URLs in its environment

With `--on-postgres` there is a TEST_DATABASE_URL too, where pytest makes its database instead of on SQLite.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
import redis

from tests import left_out

LOCAL_POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"
LOCAL_REDIS = "redis://127.0.0.1:6379/0"
PATIENCE = 20


class NotFoundError(Exception):
    """There is no such server, and no program to start one."""


@pytest.fixture(scope="session")
def postgres_url():
    """The URL of an empty database on a real PostgreSQL."""
    yield from service(postgres_database)


@pytest.fixture(scope="session")
def redis_url():
    """The URL of a real Redis."""
    yield from service(redis_server)


def service(start):
    try:
        with start() as url:
            yield url
    except NotFoundError as missing:
        go_without(missing)


def go_without(missing):
    """Skip what needs it; in CI nothing is skipped."""
    if os.environ.get("CI"):
        pytest.fail(f"{missing}, and CI must not go without")
    pytest.skip(f"{missing}")


# ---- PostgreSQL -------------------------------------------------------------------------------------------------


@contextmanager
def postgres_database():
    """A database that nobody else has, on whichever server there is; dropped at the end."""
    with postgres_server() as server:
        name = f"support_test_{os.getpid()}_{time.monotonic_ns()}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def postgres_server():
    given = os.environ.get("TEST_POSTGRES_URL")
    if given or answers_postgres(LOCAL_POSTGRES):
        yield given or LOCAL_POSTGRES
        return
    with tempfile.TemporaryDirectory() as folder, own_postgres(Path(folder)) as url:
        yield url


def answers_postgres(url):
    with suppress(psycopg.Error), psycopg.connect(url, connect_timeout=2):
        return True
    return False


@contextmanager
def own_postgres(folder):
    initdb, server = (postgres_program(name) for name in ("initdb", "postgres"))
    # PostgreSQL refuses to run as root.
    who = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    if who:
        shutil.chown(folder, **who)
    data, port = folder / "data", free_port()
    run = {"cwd": folder, "stdout": subprocess.DEVNULL, **who}
    subprocess.run([initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], check=True, **run)
    quick = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-k", folder]
    with running([server, "-D", data, "-p", str(port), *quick], stderr=subprocess.DEVNULL, **run):
        url = f"postgres://postgres@127.0.0.1:{port}/postgres"
        wait_until(lambda: answers_postgres(url), "PostgreSQL")
        yield url


def postgres_program(name):
    folders = [*os.environ.get("PATH", "").split(os.pathsep), *map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
    return program(name, os.pathsep.join(folders))


# ---- Redis ------------------------------------------------------------------------------------------------------


@contextmanager
def redis_server():
    given, can_start = os.environ.get("TEST_REDIS_URL"), shutil.which("redis-server")
    # Workers of pytest that run beside each other would do the jobs of each other's sites.
    if given and not (can_start and "PYTEST_XDIST_WORKER" in os.environ):
        yield given
    elif can_start:
        with tempfile.TemporaryDirectory() as folder, own_redis(folder) as url:
            yield url
    elif answers_redis(LOCAL_REDIS):
        yield LOCAL_REDIS
    else:
        raise NotFoundError("There is no Redis")


@contextmanager
def own_redis(folder):
    server = OwnRedis(folder)
    with server:
        yield server.url


class OwnRedis:
    """A Redis that a test may stop, freeze and start again; what it knew is lost when it stops."""

    def __init__(self, folder):
        program("redis-server")
        self._folder, self._port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self._port}/0"

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.stop()

    def start(self):
        command = [
            "redis-server",
            "--port",
            str(self._port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            self._folder,
        ]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until(lambda: answers_redis(self.url), "Redis")

    def stop(self):
        self._process.kill()
        self._process.wait()

    def freeze(self):
        """Its connections stay open, and nothing is answered."""
        self._process.send_signal(signal.SIGSTOP)

    def come_back(self):
        """Thawed or, if it was stopped, started again."""
        if self._process.poll() is not None:
            self.start()
        else:
            self._process.send_signal(signal.SIGCONT)
            wait_until(lambda: answers_redis(self.url), "Redis")


def answers_redis(url):
    with suppress(redis.RedisError), closing(redis.Redis.from_url(url, socket_timeout=2)) as client:
        return client.ping()
    return False


# ---- Both -------------------------------------------------------------------------------------------------------


def program(name, path=None):
    found = shutil.which(name, path=path)
    if not found:
        raise NotFoundError(f"There is no program {name!r}")
    return found


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command, **options):
    process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def wait_until(fact, what):
    deadline = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < deadline, f"{what} did not answer in {PATIENCE} seconds"
        time.sleep(0.05)


def main(arguments):
    """Run a command with the services it asks for; without PostgreSQL, `--on-postgres` has nothing to run."""
    on_postgres = arguments[0] == "--on-postgres"
    starters = {"TEST_POSTGRES_URL": postgres_server, "TEST_REDIS_URL": redis_server}
    if on_postgres:
        starters["TEST_DATABASE_URL"] = postgres_database
    with ExitStack() as stack:
        for name, start in starters.items():
            try:
                os.environ[name] = stack.enter_context(start())
            except NotFoundError as missing:
                left_out.note(f"{missing}")
                if os.environ.get("CI") or name == "TEST_DATABASE_URL":
                    return 1 if os.environ.get("CI") else 0
        return subprocess.run(arguments[on_postgres:]).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
