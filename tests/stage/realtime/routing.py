from django.urls import path

from supportcenter.live.sockets.db import db
from supportcenter.live.sockets.handshake import request_of
from tests.stage.signs import write


async def echo(scope, receive, send):
    """Says who it is, then repeats what it hears; puts down how it ended."""
    await receive()
    await send({"type": "websocket.accept"})
    who = await db(lambda: str(request_of(scope).user))
    await send({"type": "websocket.send", "text": f"{who} {scope['client'][0]}"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})
    write(f"socket closed {message['code']}")


websocket_urlpatterns = [path("ws/echo/", echo)]
