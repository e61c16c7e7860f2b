"""Who in this process follows which stream, and the way to them from any thread and any process.

The hub is a doorbell, not the truth: what it loses, a subscription finds in the log. It never waits for anybody; a page
that does not read is its buffer's affair (see sockets/send_buffer.py).
"""

import asyncio
import threading
from contextlib import suppress
from importlib import import_module

from django.conf import settings


class Hub:
    def __init__(self, redis_url="", channel=None):
        self._redis_url, self._channel = redis_url, channel
        self._loop = None
        self._thread = None
        self._subscriptions = {}
        self._backplane = None

    def join(self, stream, subscription):
        """Called on the event loop, which becomes the hub's."""
        self._settle(asyncio.get_running_loop())
        self._subscriptions.setdefault(stream, set()).add(subscription)

    def leave(self, stream, subscription):
        subscriptions = self._subscriptions.get(stream, set())
        subscriptions.discard(subscription)
        if not subscriptions:
            self._subscriptions.pop(stream, None)

    def publish(self, message):
        """Bring the message to everybody it concerns. From any thread; messages of one thread arrive in order."""
        if self._is_running():
            self._soon(self._send_out, message)
        elif self._redis_url:
            # A process without sockets, such as a worker: others have the pages.
            redis_backplane().publish_once(self._redis_url, message, self._channel)

    def deliver(self, message):
        """Bring a message to the subscriptions of this process. On the event loop."""
        for subscription in self._concerned(message.stream):
            message.reach(subscription)

    async def close(self):
        if self._backplane:
            await self._backplane.stop()
        self._loop = self._backplane = None
        self._subscriptions = {}

    def _settle(self, loop):
        if loop is self._loop:
            return
        self._loop, self._thread, self._subscriptions = loop, threading.get_ident(), {}
        if self._redis_url:
            self._backplane = redis_backplane().RedisBackplane(self._redis_url, self.deliver, self._channel)
            self._backplane.start()

    def _is_running(self):
        return self._loop is not None and self._loop.is_running()

    def _soon(self, function, message):
        if threading.get_ident() == self._thread:
            self._loop.call_soon(function, message)
            return
        # The loop may end just now, and with it all who could have heard.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(function, message)

    def _send_out(self, message):
        self.deliver(message)
        if self._backplane:
            self._backplane.send(message)

    def _concerned(self, stream):
        if stream is None:
            return [subscription for subscriptions in self._subscriptions.values() for subscription in subscriptions]
        return tuple(self._subscriptions.get(stream, ()))


def redis_backplane():
    """Not before it is needed: Redis's client costs memory and time that a site of one process can do without."""
    return import_module("supportcenter.live.delivery.redis_backplane")


hub = Hub(settings.REDIS_URL)
