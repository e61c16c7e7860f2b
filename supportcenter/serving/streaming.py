"""Responses made piece by piece: recordings, long files."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from supportcenter.live.sockets.asgi import AsgiMessage

CHUNK = 64 * 1024


def read_at_once(response: StreamingHttpResponse) -> HttpResponse:
    """The same answer in one piece."""
    whole = HttpResponse(b"".join(response), status=response.status_code, headers=response.headers)
    whole.cookies = response.cookies
    response.close()
    return whole


async def streamed_from_its_own_thread(
    response: StreamingHttpResponse, departure: asyncio.Future[AsgiMessage], deliver: Callable[[], Awaitable[None]]
) -> None:
    """Deliver a response whose pieces are made in a thread that serves nothing else.

    A client who reads slowly then keeps no thread of the pool, and a generator that asks the database stays on one
    connection from its first piece to its last.
    """
    if isinstance(response, FileResponse):
        response.block_size = CHUNK
    thread = ThreadPoolExecutor(1, "stream")
    response.streaming_content = _pieces(iter(response), thread, departure)
    try:
        await deliver()
    finally:
        thread.submit(_close, response)
        thread.shutdown(wait=False)


async def _pieces(
    iterator: Iterator[bytes], thread: ThreadPoolExecutor, departure: asyncio.Future[AsgiMessage]
) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    while not departure.done() and (piece := await loop.run_in_executor(thread, next, iterator, None)) is not None:
        yield piece


def _close(response: HttpResponseBase) -> None:
    response.close()
    connections.close_all()
