"""The site as it runs in life: `manage.py serve` in a process of its own, with a data folder of its own."""

import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.environment import ROOT, site_environment
from tests.services import free_port

PATIENCE = 120


class SiteProcess:
    """Start, stop, kill and start again: the data stay.

    with SiteProcess(prepared_folder, "--demo", DEMO_PASSWORD="…") as site:
        urlopen(site.url)
    """

    def __init__(self, data_dir, *options, **environment):
        self.data_dir = Path(data_dir)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.options = options
        self.environment = site_environment(data_dir, PORT=str(self.port), **environment)
        self.process = None
        self.lines = []

    def __enter__(self):
        return self.start()

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.stop(signal.SIGKILL)

    def start(self):
        """Start, and return when it serves."""
        self.process = self.manage("serve", *self.options)
        self._serving = threading.Event()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        assert self._serving.wait(PATIENCE), "it did not begin to serve in time"
        assert self.process.poll() is None, self.output
        return self

    def stop(self, number=signal.SIGTERM):
        """Send a signal, wait for the end and return the exit code."""
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self._reader.join()
        return code

    def manage(self, *arguments):
        command = [sys.executable, ROOT / "manage.py", *arguments]
        pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, **pipe)

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

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line)
            if line.startswith("Serving "):
                self._serving.set()
        self._serving.set()


@pytest.fixture(scope="session")
def prepared_folder(tmp_path_factory):
    """A data folder ready to be served, to copy: migrated, with its static files and catalogues, without people."""
    folder = tmp_path_factory.mktemp("prepared")
    assert SiteProcess(folder).manage("prepare").wait(PATIENCE) == 0
    return folder


def wait_until(fact, patience=PATIENCE):
    """For what another process does in its own time."""
    deadline = time.monotonic() + patience
    while not fact():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
