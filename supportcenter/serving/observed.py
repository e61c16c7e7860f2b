"""Around everything that is asked of this process: a number for it, a line in the access log, and what is counted.

A line names the page by its view and never by its path, which may hold a secret; nor does it name who asked.
"""

import logging
import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from supportcenter import metrics, trace
from supportcenter.facts import log_facts
from supportcenter.live.delivery.close_codes import Code
from supportcenter.live.sockets.asgi import Application, AsgiMessage, Receive, Scope, Send
from supportcenter.routing import socket_kind
from supportcenter.serving.heads import Head
from supportcenter.serving.lanes import Lane

logger = logging.getLogger("supportcenter.access")

METRICS_PATH = "/metrics"
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
# Besides ours: the page went away, said nothing, or was cut off.
CLOSE_CODES = {*map(int, Code), 1001, 1005, 1006}
STATIC, NOWHERE, OTHER = "static", "none", "other"


class Observed:
    def __init__(self, application: Application, lanes: Mapping[str, Lane]) -> None:
        self.application, self.lanes = application, lanes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            with trace.of_request(id_for(scope["headers"])):
                await self.request(scope, receive, send)
        elif scope["type"] == "websocket":
            with trace.of_request(id_for(scope["headers"])):
                await self.socket(scope, receive, send)
        else:
            await self.application(scope, receive, send)

    async def request(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, answer = time.monotonic(), Answer(send)
        try:
            if settings.METRICS and Head.of(scope).path == METRICS_PATH:
                await self.metrics(scope, answer.send)
            else:
                await self.application(scope, receive, answer.send)
        finally:
            if metrics.is_on() or settings.ACCESS_LOG:
                note_request(Head.of(scope), answer.status, answer.bytes, time.monotonic() - began)

    async def metrics(self, scope: Scope, send: Send) -> None:
        from supportcenter.monitoring.here import gauges, lag
        from supportcenter.monitoring.page import answer

        lag.begin()
        await answer(scope, send, lambda: gauges({name: lane.waiting for name, lane in self.lanes.items()}))

    async def socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, ending = time.monotonic(), Ending(receive, send)
        if settings.ACCESS_LOG:
            log_facts(logger, logging.INFO, "socket_opened", {"kind": kind_of(scope)})
        try:
            await self.application(scope, ending.receive, ending.send)
        finally:
            metrics.count("socket_closes", code=str(ending.code) if ending.code in CLOSE_CODES else OTHER)
            if settings.ACCESS_LOG:
                seconds = round(time.monotonic() - began)
                facts = {"kind": kind_of(scope), "code": ending.code, "seconds": seconds}
                log_facts(logger, logging.INFO, "socket_closed", facts)


class Answer:
    """Notes what is answered, and names its number."""

    def __init__(self, send: Send) -> None:
        self._send = send
        # None if the client went before there was one.
        self.status: int | None = None
        self.bytes = 0

    async def send(self, message: AsgiMessage) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            header = (trace.HEADER.encode(), trace.request_id().encode())
            message = {**message, "headers": [*message.get("headers", ()), header]}
        elif message["type"] == "http.response.body":
            self.bytes += len(message.get("body", b""))
        await self._send(message)


class Ending:
    """Notes the close code of a socket, by the side that closed it first."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self.code: int | None = None

    async def receive(self) -> AsgiMessage:
        message = await self._receive()
        if message["type"] == "websocket.disconnect" and self.code is None:
            self.code = message.get("code", 1005)
        return message

    async def send(self, message: AsgiMessage) -> None:
        if message["type"] == "websocket.close" and self.code is None:
            self.code = message.get("code", 1000)
        await self._send(message)


def id_for(headers: Any) -> str:
    """A number of its own, or the one that our proxy gave it: nobody else is believed."""
    offered = dict(headers).get(trace.HEADER.lower().encode(), b"") if settings.TRUSTED_PROXIES else b""
    return trace.new_id(offered.decode("latin1"))


def note_request(head: Head, status: int | None, size: int, seconds: float) -> None:
    view, method = view_of(head), head.method if head.method in METHODS else OTHER
    metrics.count("requests", view=view, method=method, status=f"{status // 100}xx" if status else "gone")
    metrics.count("request_seconds", seconds, view=view)
    if settings.ACCESS_LOG:
        facts = {"method": method, "view": view, "status": status, "bytes": size, "ms": round(seconds * 1000)}
        log_facts(logger, logging.INFO, "request", facts)


def view_of(head: Head) -> str:
    if head.path == METRICS_PATH:
        return "metrics"
    return head.view_name or (STATIC if head.path.startswith(settings.STATIC_URL) else NOWHERE)


def kind_of(scope: Scope) -> str:
    """Whose socket: its consumer, by which its path is found."""
    return socket_kind(scope["path"]) or NOWHERE
