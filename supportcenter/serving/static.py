"""Static files, answered in the event loop from memory: a page asks for ten at a time, and Django's threads are few.

WhiteNoise knows the files: which is compressed how, what a browser has already, what may be kept for ever.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware

from supportcenter.live.sockets.asgi import Application, Receive, Scope, Send

# Bytes of all files together that are kept, of which browsers of one kind ask for less than a tenth.
MOST_KEPT = 16 * 1024 * 1024
# What a request says that the answer depends on.
ASKED = {
    b"accept-encoding": "HTTP_ACCEPT_ENCODING",
    b"if-modified-since": "HTTP_IF_MODIFIED_SINCE",
    b"if-none-match": "HTTP_IF_NONE_MATCH",
    b"range": "HTTP_RANGE",
}


class StaticFiles:
    """Before `application`, which is asked for everything else."""

    def __init__(self, application: Application) -> None:
        self.application = application
        # With DEBUG it looks for each file where it was written.
        self.files = WhiteNoiseMiddleware()
        self.contents = Contents()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self.find(scope["path"]) if scope["path"].startswith(settings.STATIC_URL) else None
        if found is None:
            await self.application(scope, receive, send)
            return
        asked = {ASKED[name]: value.decode("latin1") for name, value in scope["headers"] if name in ASKED}
        status, headers, body = await self.answer(found, scope["method"], asked)
        await send({"type": "http.response.start", "status": status, "headers": raw(headers)})
        await send({"type": "http.response.body", "body": body})

    def find(self, path: str) -> Any:
        return self.files.find_file(path) if self.files.autorefresh else self.files.files.get(path)

    async def answer(self, found: Any, method: str, asked: Mapping[str, str]) -> tuple[int, Any, bytes]:
        if method == "GET" and "HTTP_RANGE" not in asked and not found.is_not_modified(asked):
            path, headers = found.get_path_and_headers(asked)
            return 200, headers, await self.contents.of(path)
        response = found.get_response(method, asked)
        return response.status, response.headers, response.file.read() if response.file else b""


class Contents:
    """Of files: those asked for lately, as many as fit."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        # The disk may be slow, and everybody waits for the event loop.
        self._reader = ThreadPoolExecutor(1, "static")

    async def of(self, path: str) -> bytes:
        if path not in self._kept:
            self._keep(path, await asyncio.get_running_loop().run_in_executor(self._reader, Path(path).read_bytes))
        self._kept.move_to_end(path)
        return self._kept[path]

    def _keep(self, path: str, content: bytes) -> None:
        self._size += len(content) - len(self._kept.get(path, b""))
        self._kept[path] = content
        while self._size > self._most and len(self._kept) > 1:
            self._size -= len(self._kept.popitem(last=False)[1])


def raw(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers]
