"""Responses made piece by piece: recordings, long files, tables."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager

from django.db import connections
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from supportcenter.refusals import Busy, require
from supportcenter.serving.lanes import Departure
from supportcenter.trace import carried

CHUNK = 64 * 1024
# Each has a thread, and perhaps a connection to the database: for the site, and for one person. A player asks for
# several parts of a film at a time.
MOST_STREAMS = 128
MOST_OF_A_PERSON = 16

# A place for the making of one piece: False if the client has gone.
Turn = Callable[[], AbstractAsyncContextManager[bool]]


def read_at_once(response: StreamingHttpResponse) -> HttpResponse:
    """The same answer in one piece."""
    whole = HttpResponse(b"".join(response), status=response.status_code, headers=response.headers)
    whole.cookies = response.cookies
    response.close()
    return whole


class Streams:
    """The responses that are on their way piece by piece."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    async def deliver(
        self,
        response: StreamingHttpResponse,
        person: str,
        departure: Departure,
        turn: Turn,
        send: Callable[[], Awaitable[None]],
    ) -> None:
        """Send a response whose pieces are made in a thread that serves nothing else, each when its `turn` comes.

        A client who reads slowly then keeps no thread of the lanes, and a generator that asks the database stays on one
        connection from its first piece to its last. Raises Busy, with nothing sent, if there are too many already.
        """
        has_room = self._open.total() < MOST_STREAMS and self._open[person] < MOST_OF_A_PERSON
        if not has_room:
            response.close()
        require(has_room, Busy)
        self._open[person] += 1
        try:
            await _from_its_own_thread(response, departure, turn, send)
        finally:
            self._open[person] -= 1
            if not self._open[person]:
                del self._open[person]


async def _from_its_own_thread(
    response: StreamingHttpResponse, departure: Departure, turn: Turn, send: Callable[[], Awaitable[None]]
) -> None:
    if isinstance(response, FileResponse):
        response.block_size = CHUNK
    thread = ThreadPoolExecutor(1, "stream")
    response.streaming_content = _pieces(iter(response), thread, departure, turn)
    try:
        await send()
    finally:
        thread.submit(_close, response)
        thread.shutdown(wait=False)


async def _pieces(
    iterator: Iterator[bytes], thread: ThreadPoolExecutor, departure: Departure, turn: Turn
) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    while not departure.done():
        async with turn() as is_there:
            piece = await loop.run_in_executor(thread, carried(next), iterator, None) if is_there else None
        if piece is None:
            return
        yield piece


def _close(response: HttpResponseBase) -> None:
    response.close()
    connections.close_all()
