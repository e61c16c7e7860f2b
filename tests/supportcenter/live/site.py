"""A site with nothing but a stream, in a process of its own: `python -m tests.supportcenter.live.site [asgi]`.

Prints its port. A viewer's signal "flood" makes the site send that many signals of that size to everybody, "tell" makes
it record an event of that size, "hang" makes its consumer take no more, and "leave" makes it close the viewer's sockets
with that code.
"""

import asyncio
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportcenter.settings")
django.setup()

from django.conf import settings  # noqa: E402

from supportcenter.live.delivery.transport import close_sockets, send_signal  # noqa: E402
from supportcenter.live.sockets.daphne_server import LiveServer  # noqa: E402
from supportcenter.live.sockets.db import db  # noqa: E402
from supportcenter.live.sockets.limits import Rates  # noqa: E402
from supportcenter.live.sockets.send_buffer import EXTENSION  # noqa: E402
from tests.supportcenter.live.conftest import STREAM, StreamConsumer, tell  # noqa: E402


class FloodingConsumer(StreamConsumer):
    rates = Rates(frames=(10_000, 10_000), signal_bytes=(64_000, 1_000_000))

    async def handle_signal(self, type, to, data):
        if type == "flood":
            for number in range(data["count"]):
                send_signal(STREAM, None, "drop", {"number": number, "pad": "x" * data["size"]}, None)
        elif type == "hang":
            await asyncio.Future()
        elif type == "tell":
            await db(tell, pad="x" * data)
        elif type == "leave":
            close_sockets(STREAM, self.viewer.key, data)
        else:
            await super().handle_signal(type, to, data)


application = FloodingConsumer.as_asgi()


async def without_writer(scope, receive, send):
    scope.get("extensions", {}).pop(EXTENSION, None)
    await application(scope, receive, send)


class Site(LiveServer):
    def listen_success(self, port):
        super().listen_success(port)
        sys.stdout.write(f"{port.getHost().port}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    settings.CSRF_TRUSTED_ORIGINS = ["http://support.test"]
    plain = sys.argv[1:] == ["asgi"]
    Site(without_writer if plain else application, endpoints=["tcp:0:interface=127.0.0.1"], verbosity=0).run()
