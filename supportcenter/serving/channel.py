"""Twisted's HTTP connection with a time limit for each thing that it waits for.

Twisted itself starts one clock again with every byte, so that a byte a minute keeps a connection, and a body on disk.
"""

from __future__ import annotations

from typing import Any

from twisted.internet.protocol import connectionDone
from twisted.web.http import HTTPChannel

from supportcenter import security_log
from supportcenter.serving.crowd import Crowd

# Seconds. From the first byte of a request to the end of its headers; also for the first byte of a connection.
HEAD_PATIENCE = 20
# Until the next request begins.
IDLE_PATIENCE = 60
# A body may take this long, and the time that its bytes need on the slowest line that we promise (bytes a second).
BODY_PATIENCE, SLOWEST_LINE = 30, 16 * 1024
# For a client to take the last of what it is sent: so much waits in Twisted's buffer at most, or a short response.
LAST_PATIENCE = 60
# A client that was refused goes on sending: it is heard out this long, into the void. Closed at once, its own bytes
# would make its system throw the answer away before it is read.
REFUSED_PATIENCE = 2


class LimitedChannel(HTTPChannel):
    # Set with each connection.
    crowd: Crowd
    # Twisted's, of which it says less than it is.
    transport: Any
    # Something was refused: nothing that comes is read any more.
    is_deaf = False
    _begun = False

    def connectionMade(self) -> None:  # noqa: N802 - Twisted's names, here and below
        self.timeOut = HEAD_PATIENCE
        super().connectionMade()
        self._waits()

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        if self.is_deaf:
            return
        if not self._begun and not self.requests:
            self._begun = True
            self.setTimeout(HEAD_PATIENCE)
        super().dataReceived(data)

    def resetTimeout(self) -> None:  # noqa: N802
        """Not with each byte: every limit here is one for the whole of what is waited for."""

    def body_begins(self, size: int) -> None:
        """The headers are here; now come `size` bytes at most."""
        self.crowd.leaves(self)
        self.setTimeout(BODY_PATIENCE + size // SLOWEST_LINE)

    def allContentReceived(self) -> None:  # noqa: N802
        if self.is_deaf:
            return
        self._begun = False
        # What counts again when the request has been answered.
        self.setTimeout(IDLE_PATIENCE)
        super().allContentReceived()

    def requestDone(self, request: Any) -> None:  # noqa: N802
        super().requestDone(request)
        if self.persistent and not self.requests and not self._begun:
            self._waits()

    def timeoutConnection(self) -> None:  # noqa: N802
        if self._begun and not self.is_deaf:
            head = getattr(self.requests[-1], "head", None) if self.requests else None
            address = head.address if head else str(self.transport.getPeer().host)
            security_log.warn("request_too_slow", address=address, page=head and head.view_name)
        if self._begun or self.is_deaf:
            self.transport.abortConnection()
        else:
            super().timeoutConnection()

    def loseConnection(self) -> None:  # noqa: N802
        """Close when all is sent; a client that does not take it is given so much time and no more."""
        if self._abortingCall is None:
            self._abortingCall = self.callLater(LAST_PATIENCE, self.forceAbortClient)
        self.setTimeout(None)
        super().loseConnection()

    def refuse(self, answer: bytes) -> None:
        """Say no before the request has come, and listen no more."""
        self.is_deaf = True
        # What has come already is read no further, either: it may be thousands of requests.
        self.clearLineBuffer()
        self.crowd.leaves(self)
        self.transport.write(answer)
        self.transport.loseWriteConnection()
        self.setTimeout(REFUSED_PATIENCE)

    def give_way(self) -> None:
        self.is_deaf = True
        self.transport.abortConnection()

    def connectionLost(self, reason: Any = connectionDone) -> None:  # noqa: N802
        self.crowd.leaves(self)
        super().connectionLost(reason)

    def _waits(self) -> None:
        self.crowd.joins(self, self.transport.getPeer().host)
