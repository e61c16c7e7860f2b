"""Daphne with an end: requests finish, sockets are told to come back, and only then does the process stop."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from typing import Any

import daphne.server  # noqa: F401 - first of all: Daphne says which reactor Twisted uses
from daphne.endpoints import build_endpoint_description_strings
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.python.failure import Failure

from supportcenter.jobs.workers.embedded import EmbeddedRunner
from supportcenter.live.sockets.asgi import Application, AsgiMessage
from supportcenter.live.sockets.daphne_server import LiveServer, Protocol
from supportcenter.serving import readiness
from supportcenter.serving.bodies import BytesUnderWay
from supportcenter.serving.channel import LimitedChannel
from supportcenter.serving.crowd import Crowd
from supportcenter.serving.requests import LimitedRequest

# The standard's close code for "the service restarts": pages come back by themselves.
SERVICE_RESTART = 1012
# Seconds that requests, sockets and the running job get to finish.
PATIENCE = 20
# A frame over 64 KiB is answered by the consumer with its own close code; one over this is cut off by the server.
MESSAGE_LIMIT = 128 * 1024


class SupportServer(LiveServer):
    def __init__(
        self,
        application: Application,
        *,
        host: str,
        port: int,
        body_limit: int,
        trusted_proxies: int,
        on_listening: Callable[[IPv4Address | IPv6Address], None],
        runner: EmbeddedRunner | None = None,
    ) -> None:
        super().__init__(
            application,
            endpoints=[f"{e}:backlog=1024" for e in build_endpoint_description_strings(host=host, port=port)],
            signal_handlers=False,
            # A half-open socket is found 10 + 15 seconds after its last sign of life, give or take the clock's 2.
            ping_interval=10,
            ping_timeout=15,
            websocket_timeout=-1,
            websocket_handshake_timeout=20,
            websocket_max_message_size=MESSAGE_LIMIT,
            websocket_max_frame_size=MESSAGE_LIMIT,
            request_buffer_size=64 * 1024,
            ready_callable=self._ready,
            server_name="",
            verbosity=0,
        )
        self.body_limit = body_limit
        self.trusted_proxies = trusted_proxies
        self.bytes_under_way = BytesUnderWay()
        # All connections come from the proxy, which bounds its clients itself.
        self.crowd = Crowd(each=None) if trusted_proxies else Crowd()
        self.on_listening = on_listening
        self.runner = runner
        self.failure: BaseException | None = None
        self._ending: asyncio.Future[None] | None = None

    def listen_success(self, port: Any) -> None:
        self._port = port
        super().listen_success(port)
        self.on_listening(port.getHost())

    def listen_error(self, failure: Failure) -> None:
        self.failure = failure.value
        self.stop()

    async def handle_reply(self, protocol: Protocol, message: AsgiMessage) -> None:
        await super().handle_reply(protocol, message)
        if message["type"] == "http.response.body" and message.get("more_body"):
            await protocol.taken()

    def end(self) -> None:
        """Stop cleanly; asked a second time, at once: nothing is lost that way either, it only looks worse."""
        if self._ending:
            os._exit(1)
        readiness.draining.set()
        self._ending = asyncio.ensure_future(self._end())

    def kill_all_applications(self) -> Any:
        # Daphne's own trips over a connection whose application has ended already.
        for protocol in [p for p, details in self.connections.items() if "application_instance" not in details]:
            del self.connections[protocol]
        return super().kill_all_applications()

    def _ready(self) -> None:
        """Before the first connection: our limits, and our way to stop."""
        self.http_factory.protocol = LimitedChannel
        build = self.http_factory.buildProtocol
        self.http_factory.buildProtocol = lambda address: self._with_our_limits(build(address))
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_event_loop().add_signal_handler(number, self.end)

    async def _end(self) -> None:
        try:
            self._port.stopListening()
            if self.runner:
                self.runner.stop()
            for protocol in self._open_sockets():
                protocol.sendCloseFrame(code=SERVICE_RESTART)
            deadline = time.monotonic() + PATIENCE
            while self._is_busy() and time.monotonic() < deadline:  # noqa: ASYNC110 - Daphne has no event for it
                await asyncio.sleep(0.02)
        finally:
            self.stop()

    def _open_sockets(self) -> list[Protocol]:
        return [p for p in self.connections if isinstance(p, WebSocketProtocol) and p.state == p.STATE_OPEN]

    def _is_busy(self) -> bool:
        """Is a job running, a request unanswered, or a consumer still putting down that its socket closed?"""
        applications = [details.get("application_instance") for details in self.connections.values()]
        return any(a and not a.done() for a in applications) or bool(self.runner and self.runner.is_alive())

    def _with_our_limits(self, channel: Protocol) -> Protocol:
        channel.requestFactory, channel.crowd = LimitedRequest, self.crowd
        return channel
