"""Messages between the processes of one site, over Redis: one subscription and one publisher in each process.

Redis keeps nothing for those who are not subscribed. So after every subscription, the first included, and after the
publisher had to drop something, all subscriptions read the log. So do those of a stream of which another release said
something that this one does not understand.
"""

import asyncio
import json
import logging
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from functools import cache, partial
from typing import Any

import redis
import redis.asyncio
from django.utils.crypto import salted_hmac
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from supportcenter import redis_client
from supportcenter.json_types import Json
from supportcenter.live.delivery.messages import GapMessage, Message, UnreadableMessage, unpack

logger = logging.getLogger(__name__)

# Messages: those that wait while Redis is away, and those that go out at once.
OUTBOX, BATCH = 10_000, 500
# How many unknown names of messages are logged.
MOST_UNKNOWN = 20
# Seconds: before the next attempt, and of silence before we ask Redis whether it is still there.
RETRY, SILENCE = 0.5, 10


@cache
def default_channel() -> str:
    """Sites that share a Redis must not hear each other, and its database numbers do not separate channels."""
    return "live." + salted_hmac("supportcenter.live", "channel", algorithm="sha256").hexdigest()[:16]


class RedisBackplane:
    """The event loop's end of Redis."""

    def __init__(self, url: str, deliver: Callable[[Message], None], channel: str | None = None) -> None:
        # Tells our own messages from those of others, and our connections in Redis's list of them.
        self.name = f"live-{secrets.token_hex(8)}"
        self._redis = redis.asyncio.Redis.from_url(
            url, client_name=self.name, retry=AsyncRetry(NoBackoff(), 0), socket_connect_timeout=5
        )
        self._channel = channel or default_channel()
        self._deliver = deliver
        self._outbox: deque[bytes] = deque()
        self._overflowed = False
        self._to_send = asyncio.Event()
        self._unknown: set[str] = set()
        self._tasks: list[asyncio.Future[None]] = []

    def start(self) -> None:
        for work in (self._listen, self._write):
            self._tasks.append(asyncio.ensure_future(self._keep_at(work)))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._redis.aclose()

    def send(self, message: Message) -> None:
        """Queue for the other processes. If Redis is away for too long, they are told to read the log."""
        if len(self._outbox) < OUTBOX:
            self._outbox.append(_envelope(self.name, message))
        else:
            self._overflowed = True
        self._to_send.set()

    async def _keep_at(self, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except (RedisError, OSError) as error:
                logger.warning("Redis is away: %s", error)
            except Exception:
                # Begun again, it makes all subscriptions read the log; ended, it would leave them without news.
                logger.exception("Messages between processes failed, and are taken up again")
            await asyncio.sleep(RETRY)

    # ---- in

    async def _listen(self) -> None:
        async with self._redis.pubsub() as pubsub:
            await pubsub.subscribe(self._channel)
            while True:
                self._hear(await _next_message(pubsub))

    def _hear(self, message: dict[str, Any]) -> None:
        if message["type"] == "subscribe":
            self._deliver(GapMessage())
        elif message["type"] == "message":
            origin, packed = _opened(message["data"])
            # The subscriptions of this process were told directly, without Redis.
            if origin != self.name:
                self._deliver(self._understood(packed))

    def _understood(self, packed: Json) -> Message:
        """The message or, if this release does not know it, a gap in its stream.

        Events are in the log, and a close is found by asking again; a signal is lost.
        """
        try:
            return unpack(packed)
        except UnreadableMessage as unknown:
            self._note_unknown(unknown.name)
            return GapMessage(unknown.stream)

    def _note_unknown(self, name: str) -> None:
        if name not in self._unknown and len(self._unknown) < MOST_UNKNOWN:
            self._unknown.add(name)
            logger.warning(
                "A process of another release sent a message %r, which this one does not know. "
                "Pages read the log instead; run the same release everywhere.",
                name,
            )

    # ---- out

    async def _write(self) -> None:
        """All messages go through this one connection, in order; they leave the outbox when Redis has them."""
        while True:
            await self._to_send.wait()
            await self._publish([self._outbox[place] for place in range(min(BATCH, len(self._outbox)))])
            if not self._outbox and not self._overflowed:
                self._to_send.clear()

    async def _publish(self, batch: list[bytes]) -> None:
        pipeline = self._redis.pipeline(transaction=False)
        for envelope in batch:
            pipeline.publish(self._channel, envelope)
        overflowed, self._overflowed = self._overflowed, False
        if overflowed:
            pipeline.publish(self._channel, _envelope(self.name, GapMessage()))
        try:
            await pipeline.execute()
        except BaseException:
            self._overflowed = True
            raise
        for _ in batch:
            self._outbox.popleft()


def publish_once(url: str, message: Message, channel: str | None = None) -> None:
    """Publish from a process whose hub does not run. What is lost on the way is in the log."""
    envelope = _envelope("", message)
    publish = partial(_client(url).publish, channel or default_channel(), envelope)
    if redis_client.breaker(url).ask(publish, instead=lambda: None) is None:
        logger.warning("Redis is away, so pages of %s were not told", message.stream)


@cache
def _client(url: str) -> redis.Redis:
    return redis_client.client(url)


async def _next_message(pubsub: PubSub) -> dict[str, Any]:
    """The next message. A connection can be dead without a sign, so silence is answered with a ping."""
    message = await pubsub.get_message(timeout=SILENCE)
    if message is None:
        await pubsub.ping()
        message = await pubsub.get_message(timeout=SILENCE)
    if message is None:
        raise redis.ConnectionError("No answer to a ping.")
    return message


def _envelope(origin: str, message: Message) -> bytes:
    text = json.dumps([origin, *message.pack()], ensure_ascii=False, separators=(",", ":"))
    # A page may address a signal to half of a surrogate pair, which JSON can carry and UTF-8 cannot.
    return text.encode("utf-8", "replace")


def _opened(envelope: bytes) -> tuple[Json, Json]:
    """Who sent it, and the packed message; both empty if it is no envelope of ours."""
    try:
        origin, *packed = json.loads(envelope)
    except (ValueError, TypeError, RecursionError):
        return "", []
    return origin, packed
