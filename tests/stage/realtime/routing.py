from django.urls import path

from tests.stage.signs import write


async def echo(scope, receive, send):
    """Says who it is, then repeats what it hears; puts down how it ended."""
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": f"{scope['user']} {scope['client'][0]}"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})
    write(f"socket closed {message['code']}")


websocket_urlpatterns = [path("ws/echo/", echo)]
