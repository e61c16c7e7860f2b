"""Who commits what is mailed, and who sends it: processes of their own, on the servers' core."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from benchmarks import machine
from benchmarks.contenders import ROOT, environment_of

# As docker-compose.yml has it.
POOL = ("worker", "--pool", "threads", "--concurrency", "4")
OURS, BARE = "supportcenter", "benchmarks.site.bare_mail"


def mailing_environment(folder, sink, *, database="", redis=""):
    """A site that mails to that sink; with Redis its jobs are Celery's."""
    own = {"EMAIL_URL": sink.url, "MAIL_FROM": "support@center.example", "REDIS_URL": redis}
    return {**environment_of(folder, database=database), **own}


def other_redis(url, number):
    """The same server, and nothing in common."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{number}"))


class Teller:
    """A process that is told what to do, a line each, and answers in lines of JSON."""

    def __init__(self, module, *options, environment, folder):
        self._said = folder / f"{module}.txt"
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": self._said.open("w"), "text": True}
        self._process = start([sys.executable, "-m", module, *options], environment, **pipes)
        assert self._line() == "ready\n"

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._process.kill()
        self._process.wait()

    def ask(self, what, answers=1):
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        return [json.loads(self._line()) for _ in range(answers)]

    def _line(self):
        line = self._process.stdout.readline()
        assert line, self._said.read_text()[-4000:]
        return line


@contextmanager
def celery(app, environment, folder, *program):
    """A worker, unless another program of Celery's is named; killed at the end, with all that it has started."""
    command = [sys.executable, "-m", "celery", "-A", app, *(program or POOL), "--loglevel", "error"]
    with (folder / f"{app}.txt").open("a") as said:
        process = start(command, environment, stdout=said, stderr=said)
        try:
            yield
        finally:
            end(process)


def start(command, environment, **pipes):
    """In a group of its own, to be ended with all that it has started."""
    apart = {"process_group": 0, "preexec_fn": lambda: os.sched_setaffinity(0, machine.FOR_SERVERS)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, **apart, **pipes)


def end(process):
    """At once, as the system does it that has no memory left."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
