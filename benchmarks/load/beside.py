"""Load from a process of its own, beside somebody who measures: it takes none of their time, only of their core.

The measuring process goes first there (`nice`): what the load costs is told, and shall not be taken for the server's.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager

NICE = 10
# What it still says once it was asked to end.
PATIENCE = 30


@contextmanager
def beside(module, **order):
    """The load goes on as long as the block; what it has come to is in the dictionary that the block gets, after it."""
    command = [sys.executable, "-m", module, json.dumps(order)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    told = {}
    try:
        assert process.stdout.readline() == "ready\n", f"{module} did not start"
        began = time.perf_counter()
        yield told
        said, _ = process.communicate("end\n", PATIENCE)
        told.update(json.loads(said), seconds=time.perf_counter() - began)
    finally:
        process.kill()
        process.wait()


def serve_load(work):
    """The process itself: do `work`, an async function of the order, until told to end; print what it returns."""
    import asyncio

    os.nice(NICE)
    order = json.loads(sys.argv[1])
    told = asyncio.run(_until_told(work, order))
    print(json.dumps({**told, "cpu": time.process_time()}))


async def _until_told(work, order):
    import asyncio

    end = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin, end.set)
    print("ready", flush=True)
    return await work(end, **order)
