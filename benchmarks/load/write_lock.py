"""`python -m benchmarks.load.write_lock`: somebody who wants to write to a file of SQLite's, again and again.

They take the write lock, give it back at once, and note how long they had waited for it. They ask every half
millisecond: SQLite's own way of waiting asks ever more seldom, and would tell of its own pauses.
"""

import asyncio
import os
import sqlite3
import time
from contextlib import suppress

from benchmarks.load.beside import NICE, serve_load

BETWEEN, AGAIN = 0.004, 0.0005


async def want_to_write(end, *, file):
    """How often, and the waits that the longest hundredth began with, in milliseconds."""
    # What waits for its turn on the core has not waited for the lock. Not everyone may come sooner than others.
    with suppress(PermissionError):
        os.nice(-NICE)
    waits = []
    connection = sqlite3.connect(file, timeout=0, isolation_level=None)
    while not end.is_set():
        waits.append(await _take(connection) * 1000)
        await asyncio.sleep(BETWEEN)
    connection.close()
    waits.sort()
    return {"asked": len(waits), "longest": waits[-1], "p99": waits[int(len(waits) * 0.99)]}


async def _take(connection):
    began = time.perf_counter()
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            await asyncio.sleep(AGAIN)
        else:
            waited = time.perf_counter() - began
            connection.execute("ROLLBACK")
            return waited


if __name__ == "__main__":
    serve_load(want_to_write)
