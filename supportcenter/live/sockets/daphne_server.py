"""Daphne, extended so that an application encodes a WebSocket frame once and sends it to many pages.

Daphne's own `send` frames each message again for each socket, wakes the reactor for it, and buffers without limit for a
page that does not read. Here the application gets a writer for encoded frames, which also says how many bytes the page
has not taken. It relies on private attributes of Twisted and Autobahn: `frame_writer` checks that they are there, and a
test fails when they are not; without them the application uses `send`.
"""

from __future__ import annotations

import asyncio
from typing import Any

import daphne.server
from twisted.internet import tcp

from supportcenter.live.delivery.close_codes import Code
from supportcenter.live.sockets.asgi import AsgiMessage, Scope
from supportcenter.live.sockets.send_buffer import EXTENSION

# Daphne's, which has no types: it is asked for the attributes below before they are used.
Protocol = Any

# Frames, and bytes, that wait while a consumer asks the database: no page of ours sends as much.
MOST_WAITING, MOST_BYTES_WAITING = 1_000, 1024 * 1024

NEEDED_OF_PROTOCOL = ("state", "STATE_OPEN", "sendData", "send_queue")
NEEDED_OF_TRANSPORT = ("socket", "dataBuffer", "offset", "_tempDataLen")


class LiveServer(daphne.server.Server):
    def create_application(self, protocol: Protocol, scope: Scope) -> Any:
        if scope["type"] == "websocket":
            writer = frame_writer(protocol)
            if writer:
                scope.setdefault("extensions", {})[EXTENSION] = writer
        queue = super().create_application(protocol, scope)
        return Incoming(queue, protocol) if queue and scope["type"] == "websocket" else queue

    async def handle_reply(self, protocol: Protocol, message: AsgiMessage) -> None:
        if message["type"] == "websocket.close" and protocol.state == protocol.STATE_OPEN:
            # Not `sendClose`: of the standard's codes that takes none but 1000, and ours are 1011 to 1013 as well.
            close(protocol, int(message.get("code") or 1000))
        else:
            await super().handle_reply(protocol, message)


def close(protocol: Protocol, code: int) -> None:
    """Close a socket. One that sends too much is not listened to any more; Autobahn cuts it off a second later."""
    protocol.sendCloseFrame(code=code)
    if code == Code.TOO_MANY:
        protocol.transport.pauseProducing()


class Incoming:
    """What a page has sent and its consumer has not taken yet: Daphne's queue, with a limit."""

    def __init__(self, queue: asyncio.Queue[AsgiMessage], protocol: Protocol) -> None:
        self._queue, self._protocol = queue, protocol
        # Since the consumer has last taken everything.
        self._messages = self._bytes = 0

    def put_nowait(self, message: AsgiMessage) -> None:
        if message["type"] != "websocket.receive":
            self._queue.put_nowait(message)
        elif self._protocol.state == self._protocol.STATE_OPEN:
            self._put(message, len(message.get("text") or message.get("bytes") or ""))

    def _put(self, message: AsgiMessage, size: int) -> None:
        if self._queue.empty():
            self._messages = self._bytes = 0
        self._messages += 1
        self._bytes += size
        if self._messages > MOST_WAITING or self._bytes > MOST_BYTES_WAITING:
            close(self._protocol, Code.TOO_MANY)
        else:
            self._queue.put_nowait(message)


def frame_writer(protocol: Protocol) -> FrameWriter | None:
    """A writer for this connection; None if it is of a kind we do not know: TLS, a Unix socket, another Twisted."""
    transport = getattr(protocol, "transport", None)
    # The very class: a TLS wrapper hands out the attributes of the transport that it wraps.
    if type(transport) is not tcp.Server or transport.TLS:
        return None
    if not all(hasattr(protocol, name) for name in NEEDED_OF_PROTOCOL):
        return None
    return FrameWriter(protocol) if all(hasattr(transport, name) for name in NEEDED_OF_TRANSPORT) else None


class FrameWriter:
    """Writes straight into the socket while Twisted buffers nothing for it, else behind what Twisted buffers."""

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self._transport = protocol.transport

    @property
    def backlog(self) -> int:
        """Bytes that wait in Twisted's buffers."""
        transport = self._transport
        return len(transport.dataBuffer) - transport.offset + transport._tempDataLen

    def write(self, data: bytes, budget: int) -> bool:
        """Write one encoded frame; False, and nothing is written, if more than `budget` bytes wait already."""
        protocol, backlog = self._protocol, self.backlog
        if protocol.state != protocol.STATE_OPEN:
            return True
        if backlog > budget:
            return False
        if not backlog and not protocol.send_queue:
            data = data[self._send_now(data) :]
        if data:
            protocol.sendData(data)
        return True

    def _send_now(self, data: bytes) -> int:
        try:
            return self._transport.socket.send(data)
        except OSError:
            # The socket is full, or closed: Twisted finds out which.
            return 0
