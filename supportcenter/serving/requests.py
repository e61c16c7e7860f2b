"""Daphne's HTTP request with two limits: what a client may send, and what waits for one that reads slowly."""

from __future__ import annotations

import asyncio

from daphne.http_protocol import WebRequest
from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer


class LimitedRequest(WebRequest):
    received = 0
    flow: Flow | None = None

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        """Keep the body up to the limit, and drop the rest: a client hears the answer only after it has sent all."""
        self.received += len(data)
        if self.received <= self.server.body_limit:
            super().handleContentChunk(data)

    def process(self) -> None:
        if self.received <= self.server.body_limit:
            super().process()
        else:
            self.basic_error(413, b"Content Too Large", "The request is larger than this site takes.")

    async def taken(self) -> None:
        """Wait until the client has taken most of what was written: a long file must not pile up in memory."""
        if self.channel is None:
            return
        if self.flow is None:
            self.flow = Flow()
            self.registerProducer(self.flow, True)
        await self.flow.is_open.wait()

    def finish(self) -> None:
        if self.flow:
            self.unregisterProducer()
        super().finish()


@implementer(IPushProducer)
class Flow:
    """Twisted closes this gate when enough is waiting to be sent, and opens it again when the client reads on."""

    def __init__(self) -> None:
        self.is_open = asyncio.Event()
        self.is_open.set()

    def pauseProducing(self) -> None:  # noqa: N802
        self.is_open.clear()

    def resumeProducing(self) -> None:  # noqa: N802
        self.is_open.set()

    # The client has gone: what waits may go on, into the void.
    stopProducing = resumeProducing  # noqa: N815
