"""`python -m benchmarks.load.readers`: each reads a page to its end, and asks for it again at once."""

import asyncio
from collections import Counter

from benchmarks.load.beside import serve_load

# Who is told that the site is busy, or that there is no such page, asks again a little later.
PAUSE = 0.5
ASK = "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
CHUNK = 262_144


async def read_on(end, *, port, paths, cookies):
    """A reader for each cookie; one after the other of the paths."""
    counts = Counter(bytes=0)
    tasks = [asyncio.create_task(_reader(port, paths, cookie, counts)) for cookie in cookies]
    await end.wait()
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    return counts


async def _reader(port, paths, cookie, counts):
    requests = [ASK.format(path=path, cookie=cookie).encode() for path in paths]
    while True:
        for request in requests:
            status = await _read(port, request, counts)
            counts[f"answered {status}"] += 1
            await asyncio.sleep(0 if status == "200" else PAUSE)


async def _read(port, request, counts):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        head = await reader.read(CHUNK)
        counts["bytes"] += len(head)
        while data := await reader.read(CHUNK):
            counts["bytes"] += len(data)
        return head[9:12].decode()
    finally:
        writer.close()


if __name__ == "__main__":
    serve_load(read_on)
