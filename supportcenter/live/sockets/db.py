"""The one way from a socket to the database.

Channels runs the database calls of all sockets on one thread of the process, so one slow query delays every socket.
Here a few threads of our own keep their connections, and the event loop never waits for one.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import close_old_connections, connections

from supportcenter.trace import carried

P = ParamSpec("P")
R = TypeVar("R")

_pool = ThreadPoolExecutor(settings.SOCKET_DB_THREADS, thread_name_prefix="socket-db")
_in_use = threading.Event()


async def db(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call a function that reads or writes the database, off the event loop."""
    _in_use.set()
    call = carried(partial(_with_good_connections, partial(function, *args, **kwargs)))
    return await asyncio.get_running_loop().run_in_executor(_pool, call)


def db_soon(function: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """The same for who waits for nothing, and has a limit of their own."""
    _in_use.set()
    _pool.submit(carried(partial(_with_good_connections, partial(function, *args, **kwargs))))


def close_connections() -> None:
    """Close the threads' connections, without which a test database cannot be dropped."""
    if _in_use.is_set():
        _in_use.clear()
        # Each thread takes one call, since none continues before all have arrived.
        all_arrived = threading.Barrier(settings.SOCKET_DB_THREADS)
        for done in [_pool.submit(_close_mine, all_arrived) for _ in range(settings.SOCKET_DB_THREADS)]:
            done.result()


def _with_good_connections(call: Callable[[], R]) -> R:
    # As Django does around a request: a connection that is too old or has failed is replaced.
    close_old_connections()
    try:
        return call()
    finally:
        close_old_connections()


def _close_mine(all_arrived: threading.Barrier) -> None:
    connections.close_all()
    all_arrived.wait(timeout=10)
