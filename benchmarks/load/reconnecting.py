"""Pages that all come back at once, as after a restart: a hundred handshakes are under way at any time."""

import asyncio
import time

from benchmarks.load.wire import HANDSHAKE, as_frame

UNDER_WAY, PATIENCE = 100, 120


class Page(asyncio.Protocol):
    """`came` is set by the first text with `sign` in it; without one, by the answer to the handshake."""

    def __init__(self, hello, follow, sign):
        self.hello, self.follow, self.sign = hello, follow, sign
        self.came, self._got = asyncio.get_running_loop().create_future(), b""

    def connection_made(self, transport):
        self.transport = transport
        transport.write(self.hello)

    def data_received(self, data):
        if self.came.done():
            return
        is_first = b"\r\n\r\n" not in self._got
        self._got += data
        if is_first and b"\r\n\r\n" in self._got and self.follow:
            self.transport.write(as_frame(self.follow))
        if self.sign in self._got:
            self.came.set_result(time.perf_counter())

    def connection_lost(self, error):
        if not self.came.done():
            self.came.set_exception(ConnectionError(f"closed after {self._got[-200:]}"))


def reconnect(port, pages, sign):
    """Seconds until all are through; `pages` are paths, cookies and what each says first. They stay till it returns."""
    return asyncio.run(_all_come(port, pages, sign))


async def _all_come(port, pages, sign):
    room, transports, began = asyncio.Semaphore(UNDER_WAY), [], time.perf_counter()

    async def come(path, cookie, follow):
        head = HANDSHAKE.format(path=path, port=port, cookie=f"Cookie: {cookie}\r\n" if cookie else "").encode()
        async with room, asyncio.timeout(PATIENCE):
            connect = asyncio.get_running_loop().create_connection
            transport, page = await connect(lambda: Page(head, follow, sign), "127.0.0.1", port)
            transports.append(transport)
            await page.came

    await asyncio.gather(*(come(*page) for page in pages))
    seconds = time.perf_counter() - began
    for transport in transports:
        transport.abort()
    return seconds
