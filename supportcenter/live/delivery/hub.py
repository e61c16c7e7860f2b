"""The subscriptions of this process by stream, and the way to them from any thread and any process.

The hub only notifies. What it loses, a subscription finds in the log. It never waits for a page: one that does not read
is up to its send buffer (`sockets/send_buffer.py`).
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings

from supportcenter.allowance import Allowance
from supportcenter.live.delivery.messages import Message, Subscriber

if TYPE_CHECKING:
    from supportcenter.live.delivery.redis_backplane import RedisBackplane

logger = logging.getLogger(__name__)

# Bytes of people's signals that one stream carries in this process, times those who hear them: a second in the long
# run, and at once. Six people who connect within a second need a tenth of it.
SIGNAL_BYTES, SIGNAL_BYTES_AT_ONCE = 2_000_000, 20_000_000


class Hub:
    def __init__(self, redis_url: str = "", channel: str | None = None) -> None:
        self._redis_url, self._channel = redis_url, channel
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: int | None = None
        self._subscriptions: dict[str, set[Subscriber]] = {}
        self._signals: dict[str, Allowance] = {}
        self._backplane: RedisBackplane | None = None
        # Whether pages connect to this process; without Redis, any other tells it through `elsewhere`.
        self.serves = False
        self.elsewhere: Callable[[Message], None] | None = None

    def join(self, stream: str, subscription: Subscriber) -> None:
        """Called on the event loop, which becomes the hub's."""
        self._settle(asyncio.get_running_loop())
        self._subscriptions.setdefault(stream, set()).add(subscription)

    def leave(self, stream: str, subscription: Subscriber) -> None:
        subscriptions = self._subscriptions.get(stream, set())
        subscriptions.discard(subscription)
        if not subscriptions:
            self._subscriptions.pop(stream, None)
            self._signals.pop(stream, None)

    def publish(self, message: Message) -> None:
        """Bring the message to every subscription that it concerns, in all processes.

        Can be called from any thread. Messages of one thread arrive in order.
        """
        loop = self._loop
        if loop is not None and loop.is_running():
            self._soon(loop, message)
        elif self._redis_url:
            # A process without sockets, such as a worker: the pages are connected to others.
            from supportcenter.live.delivery.redis_backplane import publish_once

            publish_once(self._redis_url, message, self._channel)
        elif self.elsewhere and not self.serves:
            self.elsewhere(message)

    def deliver(self, message: Message) -> None:
        """Bring a message to the subscriptions of this process. On the event loop.

        Signals beyond what a stream may carry are dropped. A subscription that fails is closed; the others go on.
        """
        subscriptions = self._concerned(message.stream)
        weight = message.weight(len(subscriptions)) if subscriptions else 0
        if weight and message.stream and not self._signals_of(message.stream).take(weight):
            return
        for subscription in subscriptions:
            try:
                message.reach(subscription)
            except Exception:
                logger.exception("A page of %s could not be told, and is closed", message.stream)
                subscription.fail()

    def has_same_page(self, stream: str, gone: Subscriber) -> bool:
        """Whether the page of a subscription that has left follows the stream by another one, as far as we know."""
        page = gone.viewer.event_key, gone.page
        here = self._subscriptions.get(stream, ())
        is_here = gone.page is not None and any((each.viewer.event_key, each.page) == page for each in here)
        return is_here or gone.is_taken_over

    def sockets_by_kind(self) -> Counter[str]:
        """How many pages of this process follow a stream, by the kind of the stream. On the event loop."""
        kinds: Counter[str] = Counter()
        for stream, subscriptions in self._subscriptions.items():
            kinds[stream.partition(".")[0]] += len(subscriptions)
        return kinds

    async def close(self) -> None:
        if self._backplane:
            await self._backplane.stop()
        self._loop = self._backplane = None
        self._subscriptions = {}

    def _settle(self, loop: asyncio.AbstractEventLoop) -> None:
        if loop is self._loop:
            return
        self._loop, self._thread, self._subscriptions = loop, threading.get_ident(), {}
        if self._redis_url:
            # Not before it is needed: Redis's client costs memory and time that a site of one process can do without.
            from supportcenter.live.delivery.redis_backplane import RedisBackplane

            self._backplane = RedisBackplane(self._redis_url, self.deliver, self._channel)
            self._backplane.start()

    def _soon(self, loop: asyncio.AbstractEventLoop, message: Message) -> None:
        if threading.get_ident() == self._thread:
            loop.call_soon(self._send_out, message)
            return
        # The loop may end just now, and with it every page that could have heard.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(self._send_out, message)

    def _send_out(self, message: Message) -> None:
        self.deliver(message)
        if self._backplane:
            self._backplane.send(message)

    def _signals_of(self, stream: str) -> Allowance:
        return self._signals.setdefault(stream, Allowance(SIGNAL_BYTES, SIGNAL_BYTES_AT_ONCE))

    def _concerned(self, stream: str | None) -> Collection[Subscriber]:
        if stream is None:
            return [subscription for subscriptions in self._subscriptions.values() for subscription in subscriptions]
        return tuple(self._subscriptions.get(stream, ()))


hub = Hub(settings.REDIS_URL)
