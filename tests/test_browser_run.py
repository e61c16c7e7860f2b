"""The runner of the browser tests, with files that need no browser."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.browser.ending import end_session
from tests.browser.run import FileRun, twice_at_most
from tests.environment import ROOT
from tests.site_process import wait_until

OPTIONS = ["-p", "no:cacheprovider", "-p", "pytest_timeout"]
pytestmark = pytest.mark.slow
FAILS = "def test_it(): assert 1 == 2\n"
FAILS_ONCE = """
from pathlib import Path
been = Path(__file__).with_name("been")

def test_it():
    first = not been.exists()
    been.touch()
    assert not first
"""
HANGS = """
import os, pathlib, signal

def test_it():
    pathlib.Path(__file__).with_name("pid").write_text(f"{os.getpid()}\\n")
    signal.pause()
"""
# A process with a child in a group of its own, as a site has.
LEADER = """
import signal, subprocess, sys
command = [sys.executable, "-c", "import signal; signal.pause()"]
print(subprocess.Popen(command, process_group=0).pid, flush=True)
signal.pause()
"""


@pytest.fixture(autouse=True)
def no_plugin_unasked(monkeypatch):
    """They would take most of the time."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.fixture
def file_with(tmp_path):
    def file_with(text, name="test_one.py"):
        (tmp_path / name).write_text(text)
        return tmp_path / name

    return file_with


@pytest.fixture
def told_at_the_end(tmp_path, monkeypatch):
    """What `make test` says at its end."""
    monkeypatch.setenv("LEFT_OUT", str(tmp_path / "left-out.txt"))
    command = [sys.executable, "-m", "tests.left_out", "tell"]
    return lambda: subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def test_what_passes_alone_has_passed_and_is_named(file_with, told_at_the_end):
    assert twice_at_most([file_with(FAILS_ONCE)], OPTIONS) == 0
    assert told_at_the_end() == "*** Failed at first, passed alone: test_one.py::test_it ***\n"


def test_what_fails_twice_has_failed(file_with, told_at_the_end, capsys):
    assert twice_at_most([file_with(FAILS)], OPTIONS) == 1
    assert told_at_the_end() == ""
    assert capsys.readouterr().out.splitlines()[-1] == "failed twice: test_one.py"


def test_file_of_which_nothing_is_asked_for_has_not_failed(file_with):
    files = [file_with(FAILS), file_with("def test_other(): pass\n", "test_two.py")]
    assert twice_at_most(files, [*OPTIONS, "-k", "other"]) == 0
    assert twice_at_most(files, [*OPTIONS, "-k", "misspelt"]) == 5


def test_file_that_hangs_is_ended_and_has_failed(file_with):
    run = FileRun(file_with(HANGS), OPTIONS, patience=1)
    run.run()
    assert run.has_failed
    assert run.failures == ["test_one.py"]
    assert run.output.endswith("ended after 1 seconds\n")


def test_interrupt_ends_what_runs(file_with, tmp_path):
    """The runner alone is interrupted: the files' processes are no part of its group."""
    # A shell without job control lets what it starts in the background ignore Ctrl-C.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{heard}; from tests.browser.run import *; twice_at_most([Path('{file_with(HANGS)}')], {OPTIONS})"
    runner = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    pid = tmp_path / "pid"
    try:
        wait_until(lambda: pid.exists() and pid.read_text().endswith("\n"))
        runner.send_signal(signal.SIGINT)
        assert b"KeyboardInterrupt" in runner.communicate(timeout=60)[1]
        wait_until(lambda: not Path("/proc", pid.read_text().strip()).exists())
    finally:
        # Nothing of it goes on where it has not done as it should.
        runner.kill()
        runner.wait(60)
        if pid.exists():
            end_session(int(pid.read_text()))


def test_session_is_ended_with_all_its_groups():
    with subprocess.Popen([sys.executable, "-c", LEADER], stdout=subprocess.PIPE, start_new_session=True) as leader:
        child = int(leader.stdout.readline())
        try:
            assert os.getpgid(child) != os.getpgid(leader.pid)
            end_session(leader.pid)
            assert leader.wait(60) == -signal.SIGKILL
            wait_until(lambda: not Path(f"/proc/{child}").exists())
        finally:
            leader.kill()
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
