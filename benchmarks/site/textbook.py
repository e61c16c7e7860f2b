"""The floor: a room as the Channels tutorial builds it, under plain Daphne with the in-memory layer."""

import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from channels.db import database_sync_to_async  # noqa: E402
from channels.generic.websocket import AsyncJsonWebsocketConsumer  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import path  # noqa: E402


class Room(AsyncJsonWebsocketConsumer):
    async def connect(self):
        self.room = f"room_{self.scope['url_route']['kwargs']['stream']}"
        await self.channel_layer.group_add(self.room, self.channel_name)
        await self.accept()

    async def disconnect(self, code):
        await self.channel_layer.group_discard(self.room, self.channel_name)

    async def receive_json(self, content):
        match content.get("type"):
            case "ping":
                await self.send_json({"type": "pong"})
            case "block":
                await database_sync_to_async(time.sleep)(content["seconds"])
                await self.send_json({"type": "blocked"})
            case _:
                await self.channel_layer.group_send(self.room, {"type": "said", "content": content})

    async def said(self, message):
        await self.send_json(message["content"])


application = ProtocolTypeRouter({"websocket": URLRouter([path("ws/open/<slug:stream>/", Room.as_asgi())])})
