"""A browser page at the other end of a consumer, for tests.

    async with open_page(SessionConsumer.as_asgi(), f"/ws/sessions/{key}/", client=client, after=0) as page:
        await in_database(end_session, session, by=amal)
        assert (await page.next_event())["type"] == "session.ended"

Such tests need `@pytest.mark.django_db(transaction=True)`: consumers read the database on threads of their own.
"""

import json
from contextlib import asynccontextmanager
from unittest.mock import ANY

from channels.testing import WebsocketCommunicator

from supportcenter.live.sockets.db import db as in_database

__all__ = ["Page", "in_database", "open_page"]

HOST = "testserver"
# Seconds: generous, since a test machine may be busy; nothing waits for it unless the test fails.
PATIENCE = 5


class Page:
    def __init__(self, app, path, *, client=None, origin=f"http://{HOST}", headers=(), address="192.0.2.1"):
        sent = [(b"host", HOST.encode()), *headers]
        if origin:
            sent.append((b"origin", origin.encode()))
        if client:
            cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
            sent.append((b"cookie", cookies.encode()))
        self._socket = WebsocketCommunicator(app, path, headers=sent)
        self._socket.scope["client"] = [address, 0]

    async def open(self):
        accepted, _ = await self._socket.connect(timeout=PATIENCE)
        assert accepted

    async def follow(self, after=0, page="page-1", secret="tab-1"):  # noqa: S107 - a tab's, for tests
        """Say where we are, and hear that we are followed from there on."""
        await self.send(frame="follow", after=after, page=page, secret=secret)
        frame = await self.next_frame()
        assert frame == {"frame": "following", "seq": after, "now": ANY}

    async def send(self, **frame):
        await self.send_text(json.dumps(frame))

    async def send_text(self, text):
        await self._socket.send_input({"type": "websocket.receive", "text": text})

    async def send_bytes(self, data):
        await self._socket.send_input({"type": "websocket.receive", "bytes": data})

    async def signal(self, type, data=None, to=None):
        await self.send(frame="signal", type=type, to=to, data=data)

    async def next_frame(self):
        return await self._socket.receive_json_from(timeout=PATIENCE)

    async def next_event(self):
        frame = await self.next_frame()
        assert frame["frame"] == "event", frame
        return frame

    async def next_events(self, count):
        return [await self.next_event() for _ in range(count)]

    async def next_signal(self):
        frame = await self.next_frame()
        assert frame["frame"] == "signal", frame
        return frame

    async def expect_nothing_more(self):
        """Whatever the consumer was asked so far, it has sent nothing else: it answers this ping first."""
        await self.send(frame="ping")
        assert await self.next_frame() == {"frame": "pong", "now": ANY}

    async def expect_refusal(self, code):
        frame = await self.next_frame()
        assert (frame["frame"], frame["code"]) == ("refused", code)

    async def expect_close(self, code):
        message = await self._socket.receive_output(timeout=PATIENCE)
        assert (message["type"], message.get("code")) == ("websocket.close", code), message

    async def leave(self, code=1001):
        await self._socket.disconnect(code=code, timeout=PATIENCE)


@asynccontextmanager
async def open_page(app, path="/", *, after=0, page="page-1", **who):
    """A page that follows from `after` on, or with `after=None` has not yet said where it is."""
    opened = Page(app, path, **who)
    await opened.open()
    try:
        if after is not None:
            await opened.follow(after, page=page)
        yield opened
    finally:
        await opened.leave()
