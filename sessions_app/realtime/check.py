"""The echo of the connection check: whether a socket gets through to the site, and how long an answer takes.

Anybody may ask, so it reads no cookie and no database. A socket lives for seconds and says a few words; an address has
so many of them, and the process has so many at a time.
"""

import asyncio
from contextlib import suppress
from typing import Any

from channels.consumer import AsyncConsumer

from supportcenter.allowance import Allowance
from supportcenter.live.delivery.close_codes import Code
from supportcenter.live.sockets.asgi import Receive, Scope, Send
from supportcenter.live.sockets.handshake import address_of, comes_from_our_pages, request_of
from supportcenter.network_addresses import address_key
from supportcenter.remembered import Remembered

PING, PONG = '{"frame":"ping"}', '{"frame":"pong"}'
MOST_ECHOES, LIFETIME = 10, 20
# Sockets of one address, a second in the long run and at once: an office behind one address checks together.
OF_ADDRESS = (1, 60)
MOST_AT_ONCE, MOST_ADDRESSES = 200, 10_000


class Crowd:
    """The sockets of this process that check, and what each address has left."""

    def __init__(self) -> None:
        self.open = 0
        self._addresses: Remembered[str, Allowance] = Remembered(MOST_ADDRESSES)

    def has_room_for(self, address: str) -> bool:
        key = address_key(address)
        allowance = self._addresses.get(key, lambda: Allowance(*OF_ADDRESS))
        self._addresses.keep(key, allowance)
        return self.open < MOST_AT_ONCE and allowance.take()

    def clear(self) -> None:
        self._addresses.clear()


crowd = Crowd()


class CheckConsumer(AsyncConsumer):
    @classmethod
    def cookie_name(cls) -> str:
        """No cookie matters here; the server asks for its name to count handshakes."""
        return "check"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        # The server's way to say that the page is gone already: nobody is left to be told anything.
        with suppress(RuntimeError):
            await send({"type": "websocket.accept"})
            code = await self._code(scope, receive, send)
            if code is not None:
                await send({"type": "websocket.close", "code": code.value})

    async def _code(self, scope: Scope, receive: Receive, send: Send) -> Code | None:
        """Answer, and say how it ends; None if the page is gone."""
        if not comes_from_our_pages(request_of(scope)):
            return Code.FORBIDDEN
        if not crowd.has_room_for(address_of(scope)):
            return Code.TOO_MANY
        crowd.open += 1
        try:
            async with asyncio.timeout(LIFETIME):
                return await self._echo(receive, send)
        except TimeoutError:
            return Code.DONE
        finally:
            crowd.open -= 1

    async def _echo(self, receive: Receive, send: Send) -> Code | None:
        for _echo in range(MOST_ECHOES):
            message: Any = await receive()
            if message["type"] == "websocket.disconnect":
                return None
            if message.get("text") != PING:
                return Code.NOT_UNDERSTOOD
            await send({"type": "websocket.send", "text": PONG})
        return Code.DONE
