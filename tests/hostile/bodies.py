"""Bodies that are too large, and bodies and headers that never end."""

import asyncio
from pathlib import Path

from tests.hostile.attack import Attack
from tests.hostile.wire import FORM, answer_in, connection, request

MIB = 1024 * 1024
LARGE = 30 * MIB
PIECE = bytes(MIB)
# Seconds between two bytes of those who dribble.
DRIBBLE = 0.2


def announced(size, cookie=""):
    """The head of a POST to the join form, with a body of that many bytes to follow."""
    headers = {"Content-Type": FORM, "Content-Length": size}
    return request("POST", "/join/", cookie=cookie, headers=headers)


class LargeBodies(Attack):
    """Some send everything that they have announced, the others the beginning, and wait."""

    work = 60

    async def once(self, number):
        async with connection(self.port) as (reader, writer):
            answer = asyncio.create_task(reader.read())
            try:
                writer.write(announced(LARGE, "sessionid=made-up" if number % 2 else ""))
                for _ in range(LARGE // MIB if number % 10 == 0 else 1):
                    writer.write(PIECE)
                    await writer.drain()
                self.seen[answer_in(await answer).status] += 1
            finally:
                answer.cancel()
                await asyncio.gather(answer, return_exceptions=True)


class Dribbler(Attack):
    """A byte now and then, of the headers or of the body, until the server has enough of it."""

    at_once = work = 60

    async def once(self, number):
        async with connection(self.port) as (reader, writer):
            head = announced(100_000)
            beginning = head if number % 2 else head[: len(head) // 2]
            writer.write(beginning)
            self._has_begun.set()
            said = asyncio.create_task(reader.read())
            try:
                while not said.done():
                    writer.write(b"x")
                    await writer.drain()
                    await asyncio.wait([said], timeout=DRIBBLE)
                self.seen[answer_in(await said).status] += 1
            finally:
                said.cancel()
                await asyncio.gather(said, return_exceptions=True)


def unnamed_bytes(site):
    """What the site's process holds in files that have no name any more, in whatever folder."""
    return sum(size for name, size in _open_files(site) if "(deleted)" in name)


def _open_files(site):
    for each in Path(f"/proc/{site.process.pid}/fd").iterdir():
        try:
            name, size = str(each.readlink()), each.stat().st_size
        except FileNotFoundError:
            continue
        if name.startswith("/"):
            yield name, size


def stored_bytes(folder):
    """All files of a folder, those of databases and logs left out: honest people write in them."""
    files = (path for path in Path(folder).rglob("*") if path.is_file() and "sqlite3" not in path.name)
    return sum(path.stat().st_size for path in files)
