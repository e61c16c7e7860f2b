"""The servers that are compared, each a process of its own on a port of its own, started and stopped by the run."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from socket import create_connection

from benchmarks import machine
from benchmarks.installed import gunicorn_folder, node_command, node_folder
from benchmarks.load.dialects import Plain, Product, SocketIo
from tests.environment import site_environment

ROOT = Path(__file__).parent.parent
PATIENCE = 60


class Contender:
    name = ""
    dialect = Plain()

    def __init__(self, folder, database=""):
        """`folder` is a prepared data folder, which nobody else writes to."""
        self.folder, self.database = folder, database
        self.port = machine.free_port()
        self.process = None

    def __enter__(self):
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [str(part) for part in self.command()],
            env=self.environment(),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "stderr.txt").open("w"),
            preexec_fn=lambda: os.sched_setaffinity(0, machine.FOR_SERVERS),
        )
        self._wait_until_it_answers()
        self.seconds_to_start = time.perf_counter() - began
        return self

    def __exit__(self, *error):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def pid(self):
        return self.process.pid

    def command(self):
        raise NotImplementedError

    def environment(self):
        return environment_of(self.folder, self.port, self.database)

    def answers(self):
        create_connection(("127.0.0.1", self.port), 1).close()
        return True

    def _wait_until_it_answers(self):
        give_up = time.perf_counter() + PATIENCE
        while not self._answers():
            assert self.process.poll() is None, (self.folder / "stderr.txt").read_text()
            assert time.perf_counter() < give_up, f"{self.name} does not answer"
            time.sleep(0.01)

    def _answers(self):
        try:
            return self.answers()
        except OSError:
            return False


class Site(Contender):
    """Whatever serves pages has started when it has served the first."""

    def answers(self):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", "/")
        return connection.getresponse().status == 200


class ThisProduct(Site):
    name = "this product"
    dialect = Product()

    def command(self):
        return [sys.executable, "manage.py", "serve", "--port", self.port]


class Gunicorn(Site):
    name = "same Django, gunicorn gthread"

    def command(self):
        serve = ["-m", "gunicorn", "--worker-class", "gthread", "--workers", "1", "--threads", "4"]
        quiet = ["--no-control-socket", "--log-level", "error"]
        return [sys.executable, *serve, *quiet, "--bind", f"127.0.0.1:{self.port}", "benchmarks.site.wsgi"]

    def environment(self):
        return {**super().environment(), "PYTHONPATH": str(gunicorn_folder())}


class TextbookView(Gunicorn):
    name = "textbook view"
    settings = "benchmarks.site.textbook_settings"

    def environment(self):
        return {**super().environment(), "DJANGO_SETTINGS_MODULE": self.settings}

    def answers(self):
        create_connection(("127.0.0.1", self.port), 1).close()
        return True


class Textbook(Contender):
    name = "textbook Channels"

    def command(self):
        return [sys.executable, "-m", "daphne", "-v", "0", "-p", self.port, "benchmarks.site.textbook:application"]


class NodeWs(Contender):
    name = "node ws"
    script = "ws.mjs"

    def command(self):
        return [*node_command(), node_folder() / self.script, self.port]


class NodeSocketIo(NodeWs):
    name = "socket.io"
    dialect = SocketIo()
    script = "socketio.mjs"


def environment_of(folder, port=None, database="", settings="benchmarks.site.settings"):
    """One process, SQLite unless told otherwise, no Redis, whatever the developer's own .env says."""
    own = {
        **({"PORT": str(port), "SITE_URL": f"http://127.0.0.1:{port}"} if port else {}),
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONWARNINGS": "ignore",
    }
    return site_environment(folder, **own, **({"DATABASE_URL": database} if database else {}))


class Folders:
    """Data folders ready to be served: one is prepared, the others are copies."""

    def __init__(self, root):
        self.root = root
        self.count = 0

    def new(self, database=""):
        first = self.root / "prepared"
        if not first.exists():
            run_manage("prepare", folder=first)
        self.count += 1
        folder = self.root / str(self.count)
        shutil.copytree(first, folder)
        if database:
            run_manage("migrate", "-v", "0", folder=folder, database=database)
        return folder


def run_manage(*arguments, folder, database=""):
    run_python("manage.py", *arguments, folder=folder, database=database)


def scenes(*, folder, sessions=1, customers=0, lines=0, maximum=100, **more):
    """See benchmarks/site/scene.py."""
    what = map(str, (sessions, customers, lines, maximum))
    return json.loads(run_python("-m", "benchmarks.site.scene", *what, folder=folder, **more))


def run_python(*arguments, folder, **more):
    """A short process of the site's, and what it prints. `more` is for `environment_of`."""
    run = {"env": environment_of(folder, **more), "cwd": ROOT, "check": True}
    return subprocess.run([sys.executable, *arguments], stdout=subprocess.PIPE, text=True, **run).stdout
