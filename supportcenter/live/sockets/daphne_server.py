"""Daphne that lets an application write a WebSocket frame once and send it to many.

Daphne's own `send` frames each message again for each socket, wakes the reactor for it, and takes whatever it is given
for a page that does not read. Here the application gets a writer for frames that are ready, which also tells how much
the page has not taken. It leans on attributes of Twisted and Autobahn that are not promised to us: `frame_writer` looks
whether they are there, and a test fails when they are not; without them the application uses `send`.
"""

import daphne.server
from twisted.internet import tcp

from supportcenter.live.sockets.send_buffer import EXTENSION

NEEDED_OF_PROTOCOL = ("state", "STATE_OPEN", "sendData", "send_queue")
NEEDED_OF_TRANSPORT = ("socket", "dataBuffer", "offset", "_tempDataLen")


class LiveServer(daphne.server.Server):
    def create_application(self, protocol, scope):
        if scope["type"] == "websocket":
            writer = frame_writer(protocol)
            if writer:
                scope.setdefault("extensions", {})[EXTENSION] = writer
        return super().create_application(protocol, scope)

    async def handle_reply(self, protocol, message):
        if message["type"] == "websocket.close" and protocol.state == protocol.STATE_OPEN:
            # Not `sendClose`: of the standard's codes that takes none but 1000, and ours are 1011 to 1013 as well.
            protocol.sendCloseFrame(code=int(message.get("code") or 1000))
        else:
            await super().handle_reply(protocol, message)


def frame_writer(protocol):
    """A writer for this connection, or None if it is not one we know: TLS, a Unix socket, another Twisted."""
    transport = getattr(protocol, "transport", None)
    # The very class: a TLS wrapper hands out the attributes of the transport that it wraps.
    if type(transport) is not tcp.Server or transport.TLS:
        return None
    if not all(hasattr(protocol, name) for name in NEEDED_OF_PROTOCOL):
        return None
    return FrameWriter(protocol) if all(hasattr(transport, name) for name in NEEDED_OF_TRANSPORT) else None


class FrameWriter:
    """Straight into the socket while Twisted holds nothing back for it, else behind what Twisted holds."""

    def __init__(self, protocol):
        self._protocol = protocol
        self._transport = protocol.transport

    @property
    def backlog(self):
        transport = self._transport
        return len(transport.dataBuffer) - transport.offset + transport._tempDataLen

    def write(self, data, budget) -> bool:
        """False, and nothing is written, if the page holds back more than `budget` bytes."""
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

    def _send_now(self, data):
        try:
            return self._transport.socket.send(data)
        except OSError:
            # Full, or gone: Twisted finds out which.
            return 0
