"""Run the browser tests a file at a time, each in a process of its own: `python -m tests.browser.run [options]`.

Two files run beside each other, from a data folder that is made once for all. What fails is run once more at the end,
alone, and has failed if it fails again: a test that waits for a picture may be too late on a busy machine. What passes
then is said at the end of `make test` (tests/left_out.py). A file that takes too long is ended with all it has started.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

from tests import left_out
from tests.browser.ending import end_chromium, end_session
from tests.browser.site import Site

HERE = Path(__file__).parent
# A browser and everything else that a site runs with.
REHEARSAL = HERE.parent / "rehearsal" / "test_rehearsal.py"
# Seconds of one test, and of one file: several times what the longest takes on a busy machine.
PATIENCE, FILE_PATIENCE = 150, 1200
# What pytest answers when the options leave nothing of a file to run.
NOTHING_COLLECTED = 5


def main(options):
    # As Ctrl-C does: what runs is ended before this process is.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with tempfile.TemporaryDirectory() as folder:
        Site(folder).prepare()
        os.environ["FOLDER_WITH_PEOPLE"] = folder
        return twice_at_most([*HERE.rglob("test_*.py"), REHEARSAL], options)


def twice_at_most(files, options):
    """Run all files, and those that fail again: 1 if one fails twice, 5 if none has a test to run."""
    runs = list(two_at_a_time([FileRun(file, options) for file in sorted(files, key=weight)]))
    failed_twice = []
    for first in [run for run in runs if run.has_failed]:
        second = FileRun(first.file, options)
        second.run()
        second.tell()
        if second.has_failed:
            failed_twice.append(first.name)
        else:
            left_out.note_late_success(first.failures)
    for name in failed_twice:
        sys.stdout.write(f"failed twice: {name}\n")
    if failed_twice:
        return 1
    return NOTHING_COLLECTED if all(run.code == NOTHING_COLLECTED for run in runs) else 0


def two_at_a_time(runs):
    """Run them; one lane takes the heaviest that is left, the other the lightest."""
    left, lanes = deque(runs), {}

    def fill(take):
        if left:
            run = take()
            lanes[pool.submit(run.run)] = run, take

    with ThreadPoolExecutor(2) as pool:
        try:
            fill(left.pop)
            fill(left.popleft)
            while lanes:
                for ended in wait(lanes, return_when=FIRST_COMPLETED).done:
                    run, take = lanes.pop(ended)
                    fill(take)
                    ended.result()
                    run.tell()
                    yield run
        except BaseException:
            # The lanes wait for their processes, which know nothing of an interrupt.
            for run, _take in lanes.values():
                run.end()
            raise


def weight(file):
    """Media are heavy; and what tests more is longer."""
    return file.parent.name == "media", file.stat().st_size


class FileRun:
    """One run of one file, in a session of its own."""

    def __init__(self, file, options, patience=FILE_PATIENCE):
        self.file, self.options, self.patience = file, options, patience
        self.name = str(file.relative_to(HERE)) if file.is_relative_to(HERE) else file.name
        self.process, self.code, self.output = None, None, ""
        self.is_over, self._beginning = False, threading.Lock()

    def run(self):
        # A file and no pipe: what outlives pytest would hold the pipe open.
        with tempfile.TemporaryFile("w+", errors="replace") as said:
            if not self._begins(said):
                return
            try:
                self.code = self.process.wait(self.patience)
            except subprocess.TimeoutExpired:
                said.write(f"\nended after {self.patience} seconds\n")
            finally:
                self.end()
                said.seek(0)
                self.output = said.read()

    def _begins(self, said):
        # Under the lock: an end that comes between the question and the start would find no process to end.
        with self._beginning:
            if not self.is_over:
                self.process = subprocess.Popen(
                    self.command(), stdout=said, stderr=subprocess.STDOUT, start_new_session=True
                )
            return not self.is_over

    def command(self):
        # A thread, since a signal would be handled inside Playwright's loop, which could not go on after it.
        limits = ["--timeout", str(PATIENCE), "--timeout-method", "thread"]
        return [sys.executable, "-m", "pytest", "-q", "--durations=3", *limits, *self.options, str(self.file)]

    def end(self):
        """Whatever is left of it, and what has not begun does not."""
        with self._beginning:
            self.is_over = True
        if self.process:
            end_session(self.process.pid)
            end_chromium(self.process.pid)
            self.process.wait()

    @property
    def has_failed(self):
        return self.code not in (0, NOTHING_COLLECTED)

    @property
    def failures(self):
        """The tests that failed, or the whole file if it did not come to say so."""
        tests = re.findall(r"^(?:FAILED|ERROR) \S*?::(.+?)(?: - .*)?$", self.output, re.MULTILINE)
        return [f"{self.name}::{test}" for test in dict.fromkeys(tests)] or [self.name]

    def tell(self):
        """As a whole, since another is running."""
        sys.stdout.write(f"---- {self.name}\n{self.output}")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
