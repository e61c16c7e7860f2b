"""The site as it runs in life: `manage.py serve` in a process of its own, with a data folder of its own."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.environment import ROOT, site_environment
from tests.services import free_port

PATIENCE = 120
# Seconds for what is left in its pipe when it has ended.
LAST_WORDS = 5


class SiteProcess:
    """Start, stop, kill and start again: the data stay.

    with SiteProcess(prepared_folder, "--demo", DEMO_PASSWORD="…") as site:
        urlopen(site.url)
    """

    program = (sys.executable, ROOT / "manage.py")

    def __init__(self, data_dir, *options, **environment):
        self.data_dir = Path(data_dir)
        self.port = free_port()
        # Where people find it: at the root, unless it is mounted below a path.
        self.url = f"http://127.0.0.1:{self.port}{environment.get('FORCE_SCRIPT_NAME', '')}"
        self.options = options
        self.environment = site_environment(data_dir, PORT=str(self.port), **environment)
        self.process = None
        self.lines = []

    def __enter__(self):
        return self.start()

    def __exit__(self, *error):
        self._end()

    def start(self):
        """Start, and return when it serves."""
        self.process = self.manage("serve", *self.options)
        self._serving, self._gone = threading.Event(), threading.Event()
        # A daemon: what the process has started may hold its output open for ever.
        heard = [self.process.stdout, self._serving, self._gone]
        threading.Thread(target=self._read, args=heard, daemon=True).start()
        try:
            wait_until(lambda: self._serving.is_set() or self.process.poll() is not None)
            assert self._serving.is_set(), "it ended instead of serving"
        except BaseException as failed:
            self._end()
            failed.add_note(self.output)
            raise
        return self

    def stop(self, number=signal.SIGTERM):
        """Send a signal, wait for the end and return the exit code."""
        self.process.send_signal(number)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self._end()

    def _end(self):
        """Nothing of it goes on, neither the process nor what it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)
        # What it has said last; nothing if somebody outside its group has the output too.
        self._gone.wait(LAST_WORDS)

    def manage(self, *arguments):
        """One of its commands, in a group of its own to be ended together."""
        pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        run = {"env": self.environment, "cwd": ROOT, "process_group": 0}
        return subprocess.Popen([*self.program, *arguments], **run, **pipe)

    def do(self, *arguments):
        """One of its commands, to its end."""
        command = self.manage(*arguments)
        try:
            said, _ = command.communicate(timeout=PATIENCE)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(command.pid, signal.SIGKILL)
            command.wait(PATIENCE)
        assert command.returncode == 0, said

    @property
    def output(self):
        return "".join(self.lines)

    @contextmanager
    def growing_at_most(self, mebibytes):
        """The process takes no more memory than that meanwhile, not even for a moment."""
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")  # The peak counts from here.
        before = self._memory("VmRSS")
        yield
        assert self._memory("VmHWM") - before < mebibytes

    def _memory(self, kind):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split(f"{kind}:")[1].split()[0]) / 1024

    def _read(self, output, serving, gone):
        for line in output:
            self.lines.append(line)
            if line.startswith("Serving "):
                serving.set()
        gone.set()


@pytest.fixture(scope="session")
def prepared_folder(tmp_path_factory):
    """A data folder ready to be served, to copy: migrated, with its static files and catalogues, without people."""
    folder = tmp_path_factory.mktemp("prepared")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        SiteProcess(folder).do("prepare")
        return folder
    # Of workers that run beside each other, one makes it, and the others then find nothing to do.
    everybodys = tmp_path_factory.getbasetemp().parent / "prepared"
    with everybodys.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        SiteProcess(everybodys).do("prepare")
    return shutil.copytree(everybodys, folder, dirs_exist_ok=True)


def wait_until(fact, patience=PATIENCE):
    """For what another process does in its own time."""
    deadline = time.monotonic() + patience
    while not fact():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
