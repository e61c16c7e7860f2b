"""What is on its way to one page, with a limit.

A page that stops reading may leave SOCKET_BYTE_BUDGET bytes waiting and no more: then `write` returns False, its socket
is closed with 1013, and the page resumes from the log when it can read again.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import Protocol

from django.conf import settings

from supportcenter.live.delivery.close_codes import CloseWith, Code
from supportcenter.live.delivery.frames import Frame
from supportcenter.live.sockets.asgi import Scope, Send

# A server that has it puts a writer of whole WebSocket frames there: see daphne_server.py.
EXTENSION = "supportcenter.frames"
# Seconds: how often, and how long, a replay waits for a page to take what it was sent.
PAUSE, PATIENCE = 0.05, 30
# Seconds that a page gets to take what is on its way to it when its socket closes.
FAREWELL = 1


class WireWriter(Protocol):
    """A server's writer of encoded frames."""

    @property
    def backlog(self) -> int: ...

    def write(self, data: bytes, budget: int) -> bool: ...


def send_buffer_for(scope: Scope, send: Send) -> SendBuffer:
    writer = (scope.get("extensions") or {}).get(EXTENSION)
    return WireSendBuffer(send, writer) if writer else QueueSendBuffer(send)


class SendBuffer:
    def __init__(self, send: Send) -> None:
        self._send = send

    @property
    def backlog(self) -> int:
        """Bytes that the page has not taken yet, as far as we can see."""
        raise NotImplementedError

    def write(self, frame: Frame) -> bool:
        """Send after all that was sent before. False if too much waits for the page already."""
        raise NotImplementedError

    async def room(self) -> None:
        """Wait until the page has taken most of what it was sent, as a replay does before it goes on.

        Raises CloseWith when that takes too long.
        """
        give_up = time.monotonic() + PATIENCE
        while self.backlog > settings.SOCKET_BYTE_BUDGET // 2:
            if time.monotonic() > give_up:
                raise CloseWith(Code.READING_TOO_SLOWLY)
            await asyncio.sleep(PAUSE)

    async def accept(self) -> None:
        await self._send({"type": "websocket.accept"})

    async def close(self, code: int) -> None:
        self.stop()
        # A plain number: Autobahn takes no IntEnum.
        await self._send({"type": "websocket.close", "code": int(code)})

    def stop(self) -> None:
        """The page is gone."""


class WireSendBuffer(SendBuffer):
    """Straight onto the wire, by a server that takes encoded frames and knows how many bytes wait."""

    def __init__(self, send: Send, writer: WireWriter) -> None:
        super().__init__(send)
        self._writer = writer

    @property
    def backlog(self) -> int:
        return self._writer.backlog

    def write(self, frame: Frame) -> bool:
        return self._writer.write(frame.wire, settings.SOCKET_BYTE_BUDGET)


class QueueSendBuffer(SendBuffer):
    """Through any server's ASGI `send`, by a task that lives while there is something to send.

    On a server with backpressure (Uvicorn) `send` waits for a slow page. Plain Daphne's never waits: run
    `manage.py serve`.
    """

    def __init__(self, send: Send) -> None:
        super().__init__(send)
        self._queue: deque[Frame] = deque()
        self._queued = 0
        self._drain: asyncio.Future[None] | None = None

    @property
    def backlog(self) -> int:
        return self._queued

    def write(self, frame: Frame) -> bool:
        if self._queued > settings.SOCKET_BYTE_BUDGET:
            return False
        self._queued += len(frame)
        self._queue.append(frame)
        if self._drain is None:
            self._drain = asyncio.ensure_future(self._send_queued())
        return True

    async def close(self, code: int) -> None:
        if self._drain and self.backlog <= settings.SOCKET_BYTE_BUDGET:
            await asyncio.wait([self._drain], timeout=FAREWELL)
        try:
            await super().close(code)
        except Exception:
            if code >= 3000:
                raise
            # Plain Daphne accepts none of the standard's codes but 1000. The page comes back after either.
            await super().close(Code.DONE)

    def stop(self) -> None:
        if self._drain:
            self._drain.cancel()

    async def _send_queued(self) -> None:
        try:
            while self._queue:
                frame = self._queue.popleft()
                await self._send({"type": "websocket.send", "text": frame.text})
                self._queued -= len(frame)
        except OSError:
            # The page is gone, which its consumer hears as well.
            self._queue.clear()
        finally:
            self._drain = None
