"""A page's socket: who it is and where it stands, then events down and signals both ways.

    accept -> our own origin? -> authorise -> `follow` frame -> attached -> replay and live events ... -> detached

It changes nothing: changes come by HTTP POST. docs/protocol.md describes the frames and the close codes.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, NoReturn

from channels.consumer import AsyncConsumer
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import cached_property

from supportcenter import clock
from supportcenter.json_types import Json, JsonObject
from supportcenter.live.delivery.close_codes import CloseWith, Code
from supportcenter.live.delivery.frames import Frame, refused_frame
from supportcenter.live.delivery.hub import hub
from supportcenter.live.sockets.asgi import Receive, Scope, Send
from supportcenter.live.sockets.db import db
from supportcenter.live.sockets.handshake import comes_from_our_pages, request_of
from supportcenter.live.sockets.inbound import Inbound, NotUnderstood, is_follow, is_signal_or_ping
from supportcenter.live.sockets.send_buffer import send_buffer_for
from supportcenter.live.sockets.subscription import Subscription
from supportcenter.live.sockets.viewers import Viewer
from supportcenter.refusals import Refused

logger = logging.getLogger(__name__)


class Disconnected(Exception):  # noqa: N818 - every conversation ends
    """The page is gone."""


class EventStreamConsumer(AsyncConsumer):
    """One page that follows one stream. A subclass says whose page it may be, and what signals mean."""

    hub = hub
    # Seconds from the handshake to the `follow` frame.
    patience = 10
    frames_per_second, frame_burst = 20, 40

    scope: Scope
    # What `find_person` returned, and how they look at the stream; set once `authorise` has returned.
    person: Any = None
    viewer: Viewer
    # The code with which the page closed the socket, once it has.
    close_code: int | None = None
    _asking_again: asyncio.Future[None] | None = None
    _in_doubt = False

    # ---- what a subclass says; the database is reached by `await db(function, ...)` alone

    # A method: the person at the other end, by the handshake's `request` and what the URL captured; called within `db`.
    # Raises Refused, or CloseWith a code, to send them away.
    find_person: Callable[..., Any]

    def viewer_of(self, person: Any) -> Viewer:
        """As whom that person looks at which stream."""
        raise NotImplementedError

    async def attached(self, frame: JsonObject) -> None:
        """The page is in the hub; `frame` is its `follow`. Check here once more: may raise Refused or CloseWith."""

    async def detached(self) -> None:
        """The page that was attached is gone."""

    async def handle_signal(self, type: str, to: str | None, data: Json) -> None:
        """The page sent a signal for the viewer with the key `to` or, with None, for everyone. May raise Refused."""
        raise NotUnderstood

    # ---- the conversation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # In place of Channels' own loop, which hops to a thread for each message and runs a task for an unused layer.
        self.scope, self._receive = scope, receive
        self._buffer = send_buffer_for(scope, send)
        self._inbound = Inbound(self.frames_per_second, self.frame_burst)
        self._task = asyncio.current_task()
        self._ending: int | None = None
        try:
            await self._converse()
        except Disconnected:
            self._buffer.stop()
        except CloseWith as close:
            await self._buffer.close(close.code)
        except asyncio.CancelledError:
            if self._ending is None:
                raise
            await self._buffer.close(self._ending)

    @cached_property
    def request(self) -> HttpRequest:
        """The handshake as a Django request. Its session and user are queries: use them inside `db`."""
        return request_of(self.scope)

    @property
    def _language(self) -> str:
        known = self.viewer.language if hasattr(self, "viewer") else None
        return known or translation.get_language_from_request(self.request)

    def end(self, code: int) -> None:
        """End the conversation with a close code, from outside it."""
        if self._ending is None and self._task:
            self._ending = code
            self._task.cancel()

    async def authorise(self) -> Viewer:
        """Find the person at the other end: when the page connects, and again when word to them may have been lost."""
        self.person = await db(self.find_person, **self.scope["url_route"]["kwargs"])
        return self.viewer_of(self.person)

    def signed_in_user(self) -> Any:
        """The account of this browser; for `find_person`. Raises CloseWith."""
        user = self.request.user
        if not (user.is_authenticated and user.is_active):
            raise CloseWith(Code.NOT_SIGNED_IN)
        return user

    async def _converse(self) -> None:
        await self._accept()
        try:
            self.viewer = await self.authorise()
            await self._stay(await self._follow_frame())
        except Refused as refusal:
            self._refuse(refusal)
            raise CloseWith.because_of(refusal) from None

    async def _stay(self, frame: JsonObject) -> None:
        # In the hub before `attached` asks again: a viewer removed meanwhile is either not let in or told to close.
        subscription = self._join(frame)
        try:
            await self.attached(frame)
            try:
                await self._follow(subscription)
            finally:
                self._leave(subscription)
                await self.detached()
        finally:
            self._leave(subscription)

    async def _accept(self) -> None:
        await self._receive()
        # Accepted first in any case: a browser cannot see why a handshake was refused, but it can read a close code.
        await self._buffer.accept()
        if not comes_from_our_pages(self.request):
            raise CloseWith(Code.FORBIDDEN)

    async def _follow_frame(self) -> JsonObject:
        try:
            async with asyncio.timeout(self.patience):
                return await self._next(is_follow)
        except TimeoutError:
            raise CloseWith(Code.NO_FOLLOW_FRAME) from None

    def _join(self, frame: JsonObject) -> Subscription:
        known, page = frame["after"], frame.get("page")
        subscription = Subscription(self.viewer, known, self._buffer, page=page, on_close=self.end, on_gap=self._doubt)
        self.hub.join(self.viewer.stream, subscription)
        return subscription

    def _leave(self, subscription: Subscription) -> None:
        self.hub.leave(self.viewer.stream, subscription)
        subscription.stop()
        if self._asking_again:
            self._asking_again.cancel()

    async def _follow(self, subscription: Subscription) -> NoReturn:
        self._send("following", seq=subscription.known, now=clock.estimate())
        subscription.start()
        while True:
            await self._answer(await self._next(is_signal_or_ping))

    def _doubt(self) -> None:
        self._in_doubt = True
        if self._asking_again is None or self._asking_again.done():
            self._asking_again = asyncio.ensure_future(self._ask_again())

    async def _ask_again(self) -> None:
        """Authorise again: one of the messages lost may have told this viewer's sockets to close.

        However many are lost while it asks, it asks once more.
        """
        try:
            while self._in_doubt:
                self._in_doubt = False
                if await self.authorise() != self.viewer:
                    self.end(Code.RESTART)
        except CloseWith as close:
            self.end(close.code)
        except Refused as refusal:
            self.end(CloseWith.because_of(refusal).code)
        except Exception:
            # Who cannot be asked for does not stay: the page comes back, and is asked for then.
            logger.exception("Asking again for a page of %s failed", self.viewer.stream)
            self.end(Code.FAILED)

    async def _answer(self, frame: JsonObject) -> None:
        if frame["frame"] == "ping":
            self._send("pong", now=clock.estimate())
            return
        try:
            await self.handle_signal(frame["type"], frame.get("to"), frame.get("data"))
        except (NotUnderstood, RecursionError):
            # Data can be nested just deeply enough to be read and not to be written again.
            self._put_up_with(NotUnderstood())
        except Refused as refusal:
            self._refuse(refusal)

    async def _next(self, is_expected: Callable[[JsonObject], bool]) -> JsonObject:
        """The page's next frame of an expected kind. Others are refused, and too many of them close the socket."""
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                self.close_code = message.get("code")
                raise Disconnected
            try:
                frame = self._inbound.read(message)
                if is_expected(frame):
                    return frame
                raise NotUnderstood
            except NotUnderstood as refusal:
                self._put_up_with(refusal)

    def _put_up_with(self, refusal: Refused) -> None:
        self._refuse(refusal)
        self._inbound.count_bad_frame()

    def _refuse(self, refusal: Refused) -> None:
        with translation.override(self._language):
            self._buffer.write(refused_frame(refusal))

    def _send(self, frame: str, **content: Json) -> None:
        self._buffer.write(Frame.of(frame, **content))
