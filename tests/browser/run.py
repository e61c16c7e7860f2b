"""Run the browser tests a file at a time, each in a process of its own: `python -m tests.browser.run [options]`.

Two files run beside each other, from a data folder that is made once for all. What fails is run once more at the end,
alone, and has failed if it fails again: a test that waits for a picture may be too late on a busy machine, and Chromium
sometimes never answers when it is told to close, for which Playwright then waits for ever (PATIENCE ends it).
"""

import os
import subprocess
import sys
import tempfile
from collections import deque
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

from tests.browser.site import Site

HERE = Path(__file__).parent
# Seconds of one test.
PATIENCE = 150


def main(options):
    with tempfile.TemporaryDirectory() as folder:
        Site(folder).prepare()
        os.environ["FOLDER_WITH_PEOPLE"] = folder
        failed = [file for file in two_at_a_time(options) if not passed(run(file, options))]
    for file in failed:
        sys.stdout.write(f"failed twice: {file.relative_to(HERE)}\n")
    return 1 if failed else 0


def two_at_a_time(options):
    """The files that failed. One lane takes the heaviest file that is left, the other the lightest."""
    files = deque(sorted(HERE.rglob("test_*.py"), key=weight))
    failed = []
    with ThreadPoolExecutor(2) as pool:
        lanes = {pool.submit(run, take(), options): take for take in (files.pop, files.popleft)}
        while lanes:
            for ended in wait(lanes, return_when=FIRST_COMPLETED).done:
                take = lanes.pop(ended)
                if files:
                    lanes[pool.submit(run, take(), options)] = take
                if not passed(ended.result()):
                    failed.append(ended.result()[0])
    return failed


def weight(file):
    """Media are heavy; and what tests more is longer."""
    return file.parent.name == "media", file.stat().st_size


def run(file, options):
    command = [sys.executable, "-m", "pytest", "-q", "--durations=3", *limits(), *options, str(file)]
    return file, subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def passed(ended):
    """Tell of a file as a whole, since another is running."""
    file, process = ended
    sys.stdout.write(f"---- {file.relative_to(HERE)}\n{process.stdout}")
    sys.stdout.flush()
    return process.returncode == 0


def limits():
    # A thread, since a signal would be handled inside Playwright's loop, which could not go on after it.
    return ["--timeout", str(PATIENCE), "--timeout-method", "thread"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
