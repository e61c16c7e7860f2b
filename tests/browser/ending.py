"""Ending what a run of browser tests has started, whichever groups and sessions of processes it has got into."""

import os
import signal
from contextlib import suppress
from pathlib import Path


def mark(pytest_pid):
    """Each browser runs in its own process session, so this switch identifies the browsers of one run."""
    return f"--support-center-tests={pytest_pid}"


def end_chromium(pytest_pid):
    """Kill the browsers of this run."""
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if mark(pytest_pid).encode() in command.read_bytes().split(b"\0"):
                os.kill(int(command.parent.name), signal.SIGKILL)


def end_session(leader):
    """Kill all processes of a session."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if os.getsid(int(process.name)) == leader:
                os.kill(int(process.name), signal.SIGKILL)
