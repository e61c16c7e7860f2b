"""`python -m benchmarks.load.erasures`: an admin who erases one customer after the other, one a second."""

import asyncio
import time

from benchmarks.load.beside import serve_load
from benchmarks.load.pages import post

PAUSE = 1


async def erase(end, *, port, paths, cookie):
    """How many, and how long each took, in milliseconds; the others of `paths` are left."""
    waits = []
    for path in paths:
        if end.is_set():
            break
        began = time.perf_counter()
        status = await _ask(port, post(path, "", cookie))
        assert status == b"200", status
        waits.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(PAUSE)
    await end.wait()
    return {"waits": waits}


async def _ask(port, request):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    status = (await reader.readline()).split()[1]
    writer.close()
    return status


if __name__ == "__main__":
    serve_load(erase)
