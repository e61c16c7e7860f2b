"""`/livez` and `/readyz` of a process that serves: before hosts, cookies and everything else, for any prober.

`/livez`: the event loop answers, and proves to the doctor who it is (probe.py). `/readyz`: the process can serve, else
503.
"""

import asyncio
import json

from django.conf import settings

from supportcenter.live.sockets.asgi import Application, Receive, Scope, Send
from supportcenter.serving import probe, readiness
from supportcenter.serving.readiness import Readiness

LIVE, READY = "/livez", "/readyz"


class HealthEndpoints:
    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(scope.get("root_path") or "") if scope["type"] == "http" else None
        asked = probe.asked_by(scope) if path == settings.MOUNT + LIVE else None
        if asked:
            body = probe.answer_to(asked, scope)
            await tell(200, headers_of(Readiness(), body), body, scope["method"], send)
        elif path in (LIVE, READY):
            await answer(await ready() if path == READY else Readiness(), scope["method"], send)
        else:
            await self.application(scope, receive, send)


async def ready() -> Readiness:
    if readiness.draining.is_set():
        return readiness.is_draining()
    look, patience = readiness.looking().under_way()
    try:
        return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(look)), patience)
    except TimeoutError:
        return readiness.too_slow()


async def answer(found: Readiness, method: str, send: Send) -> None:
    body = as_json(found)
    await tell(found.code, headers_of(found, body), body, method, send)


async def tell(code: int, headers: dict[str, str], body: bytes, method: str, send: Send) -> None:
    if method not in ("GET", "HEAD"):
        await send({"type": "http.response.start", "status": 405, "headers": [(b"allow", b"GET, HEAD")]})
        await send({"type": "http.response.body", "body": b""})
        return
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": code, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})


def headers_of(found: Readiness, body: bytes) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "Health": found.status,
    }


def as_json(found: Readiness) -> bytes:
    facts = {"status": found.status, "failing": found.failing, "degraded": found.degraded}
    return json.dumps({name: value for name, value in facts.items() if value}).encode() + b"\n"
