"""Run the browser tests a file at a time, each in a process of its own: `python -m tests.browser.run [options]`.

Chromium sometimes never answers on a busy machine when it is told to close, and Playwright then waits for ever. Such a
file is ended after PATIENCE seconds of one test and run once more; one that fails twice has failed.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PATIENCE = 150


def main(options):
    failed = [file for file in sorted(HERE.rglob("test_*.py")) if not passes(file, options)]
    for file in failed:
        sys.stdout.write(f"failed twice: {file.relative_to(HERE)}\n")
    return 1 if failed else 0


def passes(file, options):
    command = [sys.executable, "-m", "pytest", "-q", *limits(), *options, str(file)]
    return any(subprocess.run(command, check=False).returncode == 0 for _attempt in range(2))


def limits():
    # A thread, since a signal would be handled inside Playwright's loop, which could not go on after it.
    return ["--timeout", str(PATIENCE), "--timeout-method", "thread"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
