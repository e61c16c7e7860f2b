"""Who in this process follows which stream, and the way to them from any thread and any process.

The hub is a doorbell, not the truth: what it loses, a follower finds in the log. It never waits for anybody; a page
that does not read is its outlet's affair (see outlets.py).
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
        self._followers = {}
        self._relay = None

    def join(self, stream, follower):
        """Called on the event loop, which becomes the hub's."""
        self._settle(asyncio.get_running_loop())
        self._followers.setdefault(stream, set()).add(follower)

    def leave(self, stream, follower):
        followers = self._followers.get(stream, set())
        followers.discard(follower)
        if not followers:
            self._followers.pop(stream, None)

    def publish(self, post):
        """Bring the post to everybody it concerns. From any thread; posts of one thread arrive in order."""
        if self._is_running():
            self._soon(self._send_out, post)
        elif self._redis_url:
            # A process without sockets, such as a worker: others have the pages.
            relay().post_from_afar(self._redis_url, post, self._channel)

    def deliver(self, post):
        """Bring a post to the followers of this process. On the event loop."""
        for follower in self._concerned(post.stream):
            post.reach(follower)

    async def close(self):
        if self._relay:
            await self._relay.stop()
        self._loop = self._relay = None
        self._followers = {}

    def _settle(self, loop):
        if loop is self._loop:
            return
        self._loop, self._thread, self._followers = loop, threading.get_ident(), {}
        if self._redis_url:
            self._relay = relay().Relay(self._redis_url, self.deliver, self._channel)
            self._relay.start()

    def _is_running(self):
        return self._loop is not None and self._loop.is_running()

    def _soon(self, function, post):
        if threading.get_ident() == self._thread:
            self._loop.call_soon(function, post)
            return
        # The loop may end just now, and with it all who could have heard.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(function, post)

    def _send_out(self, post):
        self.deliver(post)
        if self._relay:
            self._relay.send(post)

    def _concerned(self, stream):
        if stream is None:
            return [follower for followers in self._followers.values() for follower in followers]
        return tuple(self._followers.get(stream, ()))


def relay():
    """Not before it is needed: Redis's client costs memory and time that a site of one process can do without."""
    return import_module("supportcenter.live.delivery.redis_backplane")


hub = Hub(settings.REDIS_URL)
