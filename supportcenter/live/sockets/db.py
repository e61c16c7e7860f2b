"""The one way from a socket to the database.

Channels' own way runs every call of every socket on one thread of the process: one slow query there delays all. Here a
few threads of our own keep their connections, and an event loop never waits for any.
"""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.conf import settings
from django.db import close_old_connections, connections

_pool = ThreadPoolExecutor(settings.SOCKET_DB_THREADS, thread_name_prefix="socket-db")
_in_use = threading.Event()


async def db(function, *args, **kwargs):
    """Call a function that reads or writes the database, off the event loop."""
    _in_use.set()
    call = partial(_with_good_connections, function, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_pool, call)


def close_connections():
    """Close what the threads keep open; the test database could not be dropped otherwise."""
    if _in_use.is_set():
        _in_use.clear()
        # Each thread takes one call, since none gets on before all have arrived.
        all_arrived = threading.Barrier(settings.SOCKET_DB_THREADS)
        for done in [_pool.submit(_close_mine, all_arrived) for _ in range(settings.SOCKET_DB_THREADS)]:
            done.result()


def _with_good_connections(function, *args, **kwargs):
    # As Django does around a request: a connection that is too old or has failed is replaced.
    close_old_connections()
    try:
        return function(*args, **kwargs)
    finally:
        close_old_connections()


def _close_mine(all_arrived):
    connections.close_all()
    all_arrived.wait(timeout=10)
