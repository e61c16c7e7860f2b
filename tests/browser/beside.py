"""A Python beside a site, as an admin's commands run: loaded once, while each piece of code has a process of its own.

    beside = Beside(site.environment)
    beside.run("from webacd.models import Queue; Queue.objects.update(offer_seconds=120)")
    beside.end()

It is a fork of one that has loaded Django and has asked the database for nothing, so that it starts as fresh as a
command does, in a hundredth of the time.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback

from tests.environment import ROOT

# Seconds of one piece of code.
PATIENCE = 120


class FailedError(Exception):
    """What the code said."""


class Beside:
    def __init__(self, environment):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        command = [sys.executable, "-m", __name__]
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, **pipes)

    def run(self, code):
        """To its end."""
        self._process.stdin.write(json.dumps(code) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        status, said = json.loads(answer or '[1, "the process beside the site has ended"]')
        if status:
            raise FailedError(said)

    def end(self):
        # It reads no more, and goes.
        self._process.communicate()


def main():
    import django

    django.setup()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(run_apart(json.loads(line))) + "\n")
        sys.stdout.flush()


def run_apart(code):
    """The exit code, and all that was said."""
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        child = os.fork()
        if not child:
            signal.alarm(PATIENCE)
            for output in (1, 2):
                os.dup2(said.fileno(), output)
            os._exit(status_of(code))
        _, status = os.waitpid(child, 0)
        said.seek(0)
        return os.waitstatus_to_exitcode(status), said.read()


def status_of(code):
    from django.db import connections

    try:
        exec(code, {"__name__": "__main__"})
        connections.close_all()
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    main()
