"""/metrics, for Prometheus: answered on the event loop, without Django's request, and in a thread where it may wait.

With METRICS_TOKEN, to those who bring it. Without, to this machine alone, and not through a proxy.
"""

import asyncio
import hmac
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from supportcenter.live.sockets.asgi import Scope, Send
from supportcenter.monitoring.counters import registry
from supportcenter.monitoring.shared import Shared, close_connection, shared

# Seconds that the page waits for the database; without an answer it says that there is none.
PATIENCE = 5
# What a proxy adds, each by its own habits.
OF_PROXIES = {b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"x-real-ip", b"forwarded", b"via"}

_thread = ThreadPoolExecutor(1, "metrics")
# One reading at a time: if the database hangs, nothing piles up behind it.
_reading: asyncio.Future[Shared] | None = None


def metrics_page(more: Iterable[Metric] = ()) -> bytes:
    """The page of this process, with what all processes share. It asks the database: not for the event loop."""
    return _page(shared(), more)


async def answer(scope: Scope, send: Send, more: Callable[[], list[Metric]]) -> int:
    """Answer a request for the page, and return the status."""
    if not may_read(scope):
        return await _respond(send, 403, b"Metrics are for who brings METRICS_TOKEN, or asks on this machine.\n")
    return await _respond(send, 200, _page(await _shared_in_time(), more()))


def may_read(scope: Scope) -> bool:
    headers = dict(scope["headers"])
    if settings.METRICS_TOKEN:
        given = headers.get(b"authorization", b"")
        return hmac.compare_digest(given, b"Bearer " + settings.METRICS_TOKEN.encode())
    if headers.keys() & OF_PROXIES:
        return False
    # By name as well: a page of somebody's browser on this machine asks with its own site's.
    host = re.sub(r":\d*$", "", headers.get(b"host", b"").decode("latin1"))
    return host in {"localhost", "127.0.0.1", "[::1]"} and _is_loopback(str((scope.get("client") or [""])[0]))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


async def _shared_in_time() -> Shared:
    global _reading
    if _reading is None or _reading.done() or _reading.get_loop() is not asyncio.get_running_loop():
        _reading = asyncio.get_running_loop().run_in_executor(_thread, _read)
    done, _ = await asyncio.wait([_reading], timeout=PATIENCE)
    return _reading.result() if done else Shared()


def _read() -> Shared:
    try:
        return shared()
    finally:
        close_connection()


def _page(found: Shared, more: Iterable[Metric]) -> bytes:
    beside = CollectorRegistry()
    beside.register(_Given([*found.families(), *more]))
    return generate_latest(registry()) + generate_latest(beside)


class _Given:
    """Metrics that are known already, as a collector."""

    def __init__(self, metrics: list[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> list[Metric]:
        return self._metrics

    def describe(self) -> list[Metric]:
        return []


async def _respond(send: Send, status: int, body: bytes) -> int:
    headers: list[Any] = [
        (b"content-type", (CONTENT_TYPE_PLAIN_0_0_4 if status == 200 else "text/plain; charset=utf-8").encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
    return status
