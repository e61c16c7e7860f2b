"""Responses made piece by piece: recordings, long files."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.http import FileResponse, HttpResponse

CHUNK = 64 * 1024


def read_at_once(response):
    """The same answer in one piece."""
    whole = HttpResponse(b"".join(response), status=response.status_code, headers=response.headers)
    whole.cookies = response.cookies
    response.close()
    return whole


async def streamed_from_its_own_thread(response, departure, deliver):
    """Deliver a response whose pieces are made in a thread that serves nothing else.

    A client who reads slowly then keeps no thread of the pool, and a generator that asks the database stays on one
    connection from its first piece to its last.
    """
    if isinstance(response, FileResponse):
        response.block_size = CHUNK
    thread = ThreadPoolExecutor(1, "stream")
    response.streaming_content = _pieces(iter(response.streaming_content), thread, departure)
    try:
        await deliver()
    finally:
        thread.submit(_close, response)
        thread.shutdown(wait=False)


async def _pieces(iterator, thread, departure):
    loop, end = asyncio.get_running_loop(), object()
    while not departure.done() and (piece := await loop.run_in_executor(thread, next, iterator, end)) is not end:
        yield piece


def _close(response):
    response.close()
    connections.close_all()
