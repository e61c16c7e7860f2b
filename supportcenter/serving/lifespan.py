from asgiref.sync import sync_to_async
from django.conf import settings

from supportcenter.jobs.workers.startup import run_startup_hooks
from supportcenter.live.sockets.asgi import Receive, Scope, Send
from supportcenter.private_files import keep_private


async def lifespan(scope: Scope, receive: Receive, send: Send) -> None:
    """For other ASGI servers: what `manage.py serve` does by itself before it takes the first request."""
    while (message := await receive())["type"] != "lifespan.shutdown":
        if message["type"] == "lifespan.startup":
            keep_private(settings.DATA_DIR)
            await sync_to_async(run_startup_hooks)()
            await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})
