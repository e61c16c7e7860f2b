import os
import signal

from supportcenter.jobs.workers.runner import handler
from supportcenter.jobs.workers.startup import on_startup
from tests.stage.signs import count, wait_for, write


@handler("stage.sign")
def sign(name):
    write(name)


@handler("stage.held")
def held():
    write("job begun")
    wait_for("let go")
    write("job done")


@handler("stage.dies_once")
def dies_once(name):
    """Kill the whole process between the claim and the end, the first time."""
    write(name)
    if count(name) == 1:
        os.kill(os.getpid(), signal.SIGKILL)


@handler("stage.breaks")
def breaks(said):
    raise RuntimeError(f"could not save {said}")


@on_startup
def note_start():
    write("started")
