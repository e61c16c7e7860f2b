"""Daphne's HTTP request with limits: what a client may send, and what waits for one that reads slowly."""

from __future__ import annotations

import asyncio
import tempfile
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from daphne.http_protocol import WebRequest
from django.http import HttpResponse
from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer

from supportcenter import trace
from supportcenter.live.sockets.admission import admission
from supportcenter.refusals import Busy, Refused, TooLarge
from supportcenter.refusals.bare import bare_refusal
from supportcenter.routing import socket_cookie
from supportcenter.serving.heads import FORM_LIMIT, Head
from supportcenter.serving.http import note_refusal
from supportcenter.serving.observed import id_for, note_request
from supportcenter.serving.proxies import forwarded_address

# For who was told by close codes, and goes on: no browser shows it to a page, which comes back later in any case.
TOO_MANY_HANDSHAKES = b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
# Seconds in which a client takes a piece of 64 KiB: on the slowest line it needs four.
PIECE_PATIENCE = 60


class LimitedRequest(WebRequest):
    head: Head
    limit = 0
    # Bytes of the body that have come and are still here.
    received = 0
    flow: Flow | None = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        # Django reads forms; Twisted would do it first, in the event loop.
        super().__init__(*arguments, parsePOSTFormSubmission=False, **options)

    def gotLength(self, length: int | None) -> None:  # noqa: N802 - Twisted's names, here and below
        """The headers are known, the body has not come: here it is decided how much of it is taken."""
        self.head = self._head()
        self.limit = self.head.body_limit(upload=self.server.body_limit) if length != 0 else 0
        size = self.limit if length is None else length
        self.channel.body_begins(size)
        # A file has no name, so nothing is left of it whatever happens; `serve` says where it lies.
        self.content = BytesIO() if size <= FORM_LIMIT else tempfile.TemporaryFile()  # noqa: SIM115 - Twisted closes it
        if self._is_handshake_in_vain():
            self.channel.refuse(TOO_MANY_HANDSHAKES)
        elif size > self.limit:
            self._refuse(TooLarge())

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        if self.channel.is_deaf:
            return
        if self.received + len(data) > self.limit:
            self._refuse(TooLarge())
        elif not self.server.bytes_under_way.take(self.head.address_key, len(data)):
            self._refuse(Busy())
        else:
            self.received += len(data)
            super().handleContentChunk(data)

    def process(self) -> Any:
        return None if self.channel.is_deaf else super().process()

    async def taken(self) -> None:
        """Wait until the client has taken most of what was written: a long file must not pile up in memory.

        A client that takes nothing for too long is gone for us.
        """
        if self.channel is None:
            return
        if self.flow is None:
            self.flow = Flow()
            self.registerProducer(self.flow, True)
        try:
            async with asyncio.timeout(PIECE_PATIENCE):
                await self.flow.is_open.wait()
        except TimeoutError:
            if self.channel is not None:
                self.channel.transport.abortConnection()

    def handle_exception(self, exception: BaseException) -> None:
        """An answer that has begun cannot become an error page: hung up on, its client knows that some is missing."""
        if not self._response_started:
            super().handle_exception(exception)
        elif self.channel is not None:
            self.channel.transport.abortConnection()

    def finish(self) -> None:
        if self.flow:
            self.unregisterProducer()
        super().finish()
        self._give_back()

    def connectionLost(self, reason: Any) -> None:  # noqa: N802
        super().connectionLost(reason)
        self._give_back()

    def _head(self) -> Head:
        headers = [(n.lower(), v) for n, values in self.requestHeaders.getAllRawHeaders() for v in values]
        peer = str(self.channel.getPeer().host)
        address = forwarded_address(headers, self.server.trusted_proxies) or peer
        path = self.channel._path.partition(b"?")[0].decode("latin1")
        return Head(self.channel._command.decode("latin1"), unquote(path), headers, address)

    def _is_handshake_in_vain(self) -> bool:
        if not self.head.is_handshake:
            return False
        cookie = socket_cookie(self.head.path)
        return cookie is not None and admission.is_in_vain(self.head.cookies.get(cookie, ""), self.head.address)

    def _refuse(self, refusal: Refused) -> None:
        """Before there is an application around it that would number and note it."""
        with trace.of_request(id_for(self.head.headers)) as number:
            note_refusal(self.head, refusal)
            answer = bare_refusal(self.head.headers, refusal)
            answer[trace.HEADER] = number
            note_request(self.head, answer.status_code, len(answer.content), 0)
        self.channel.refuse(as_bytes(answer))

    def _give_back(self) -> None:
        if self.received:
            self.server.bytes_under_way.give_back(self.head.address_key, self.received)
            self.received = 0


def as_bytes(response: HttpResponse) -> bytes:
    """A whole answer after which the connection is closed."""
    response["Content-Length"], response["Connection"] = len(response.content), "close"
    status = f"HTTP/1.1 {response.status_code} {response.reason_phrase}\r\n".encode("ascii")
    return status + response.serialize_headers() + b"\r\n\r\n" + response.content


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
