"""A page's socket: who it is and where it stands, then events down and signals both ways.

    accept -> our own origin? -> not too many? -> authorise -> `follow` frame -> attached -> replay and live events

It changes nothing: changes come by HTTP POST. docs/protocol.md describes the frames and the close codes.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, NoReturn

from channels.consumer import AsyncConsumer
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import cached_property

from supportcenter import clock, metrics
from supportcenter.json_types import Json, JsonObject
from supportcenter.live.delivery.close_codes import CloseWith, Code
from supportcenter.live.delivery.frames import Frame, refused_frame
from supportcenter.live.delivery.hub import hub
from supportcenter.live.sockets.admission import Credential, admission
from supportcenter.live.sockets.asgi import Receive, Scope, Send
from supportcenter.live.sockets.db import db
from supportcenter.live.sockets.handshake import address_of, comes_from_our_pages, request_of
from supportcenter.live.sockets.inbound import Disconnected, Inbound, NotUnderstood, is_signal_or_ping
from supportcenter.live.sockets.limits import Rates, people
from supportcenter.live.sockets.rights import Ground, watch
from supportcenter.live.sockets.send_buffer import send_buffer_for
from supportcenter.live.sockets.subscription import Subscription
from supportcenter.live.sockets.viewers import Viewer, sign_in_digest
from supportcenter.refusals import Refused
from supportcenter.refusals.storage_full import is_storage_full, log_storage_full

logger = logging.getLogger(__name__)


class EventStreamConsumer(AsyncConsumer):
    """One page that follows one stream. A subclass says whose page it may be, and what signals mean."""

    hub = hub
    # Seconds from the handshake to the `follow` frame.
    patience = 10
    # Of one person, over all their sockets of a stream.
    rates = Rates(frames=(20, 40), signal_bytes=(64_000, 1_000_000))
    # As many tabs of one person may follow; the oldest gives way to one more.
    sockets_per_person = 10
    # Handshakes with one credential: a second in the long run, and at once.
    handshakes: tuple[float, int] = (2, 60)

    scope: Scope
    # What `find_person` returned, and how they look at the stream; set once `authorise` has returned.
    person: Any = None
    viewer: Viewer
    # At `detached`: whether the page is connected by another socket already, so that it is not gone.
    is_replaced = False
    # The account with which the page was let in, and what is asked again at every heartbeat (`rights.py`).
    account: Any = None
    grounds: tuple[Ground, ...] = ()
    _asking_again: asyncio.Future[None] | None = None
    _in_doubt = _follows = False

    # ---- what a subclass says; the database is reached by `await db(function, ...)` alone

    # A method: the person at the other end, by the handshake's `request` and what the URL captured; called within `db`.
    # Raises Refused, or CloseWith a code, to send them away.
    find_person: Callable[..., Any]

    @classmethod
    def cookie_name(cls, **captured: str) -> str:
        """The cookie by which `find_person` knows the person, by what the URL captured."""
        return settings.SESSION_COOKIE_NAME

    def credential(self) -> str:
        """That cookie, or an empty string."""
        return self.request.COOKIES.get(self.cookie_name(**self._captured), "")

    def viewer_of(self, person: Any) -> Viewer:
        """As whom that person looks at which stream."""
        raise NotImplementedError

    def grounds_of(self, person: Any) -> list[Ground]:
        """On what that person is let in; called within `db`, right after `find_person`."""
        return []

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
        except Exception as error:
            # The page comes back, and is let in once there is room.
            if not is_storage_full(error):
                raise
            log_storage_full(error)
            await self._buffer.close(Code.FAILED)

    @cached_property
    def request(self) -> HttpRequest:
        """The handshake as a Django request. Its session and user are queries: use them inside `db`."""
        return request_of(self.scope)

    @property
    def _captured(self) -> dict[str, str]:
        """What the URL captured; nothing if this is the only application."""
        captured: dict[str, str] = self.scope.get("url_route", {}).get("kwargs", {})
        return captured

    @property
    def close_code(self) -> int | None:
        """The code with which the page closed the socket, once it has."""
        return self._inbound.close_code

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
        self.person, self.grounds = await db(self._find_person)
        return self.viewer_of(self.person)

    def _find_person(self) -> tuple[Any, tuple[Ground, ...]]:
        person = self.find_person(**self._captured)
        return person, tuple(self.grounds_of(person))

    def signed_in_user(self) -> Any:
        """The account of this browser; for `find_person`. Raises CloseWith."""
        user = self.request.user
        if not (user.is_authenticated and user.is_active):
            raise CloseWith(Code.NOT_SIGNED_IN)
        # E70: pages do not open either.
        if user.is_shut_out:
            raise CloseWith(Code.FORBIDDEN)
        self.account = user
        return user

    async def _converse(self) -> None:
        await self._accept()
        credential = Credential(self.credential(), *self.handshakes)
        try:
            with admission.handshake(credential, address_of(self.scope)) as self._handshake:
                self.viewer = await self.authorise()
                self._handshake.recognise()
                self.limits = people.find(self.viewer, self.rates)
                self._inbound = Inbound(self._receive, self._refuse, self.limits)
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
                self._take_over(subscription)
                await self._follow(subscription)
            finally:
                self._leave(subscription)
                self.is_replaced = self.hub.has_same_page(self.viewer.stream, subscription)
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
                return await self._inbound.follow()
        except TimeoutError:
            raise CloseWith(Code.NO_FOLLOW_FRAME) from None

    def _join(self, frame: JsonObject) -> Subscription:
        known, page = frame["after"], frame.get("page")
        subscription = Subscription(self.viewer, known, self._buffer, page=page, on_close=self.end, on_gap=self.doubt)
        if self.account:
            subscription.account, subscription.sign_in = self.account.pk, sign_in_digest(self.request)
        self.hub.join(self.viewer.stream, subscription)
        watch.add(self)
        return subscription

    def _take_over(self, subscription: Subscription) -> None:
        """From the page's own connection before, in every process, and beyond what a person may have, from others."""
        if takeover := subscription.takeover():
            self.hub.publish(takeover)
        self.limits.open(self.end, self.sockets_per_person)

    def _leave(self, subscription: Subscription) -> None:
        self.hub.leave(self.viewer.stream, subscription)
        self.limits.leave(self.end)
        watch.discard(self)
        subscription.stop()
        if self._asking_again:
            self._asking_again.cancel()

    async def _follow(self, subscription: Subscription) -> NoReturn:
        self._send("following", seq=subscription.known, now=clock.estimate())
        subscription.start()
        self._handshake.end()
        self._follows = True
        if self._in_doubt:
            self.doubt()
        while True:
            await self._answer(await self._inbound.next(is_signal_or_ping))

    def doubt(self) -> None:
        """Ask again whether the page may be here; while it is being attached, as soon as it follows."""
        self._in_doubt = True
        if self._follows and (self._asking_again is None or self._asking_again.done()):
            self._asking_again = asyncio.ensure_future(self._ask_again())

    async def _ask_again(self) -> None:
        """Authorise again: one of the messages lost may have told this viewer's sockets to close.

        However many are lost while it asks, it asks once more.
        """
        try:
            while self._in_doubt:
                self._in_doubt = False
                self._forget_sign_in()
                if await self.authorise() != self.viewer:
                    self.end(Code.RESTART)
        except CloseWith as close:
            # Another tab may have changed the password, and this browser has a new cookie: then the page comes back.
            is_old_cookie = close.code == Code.NOT_SIGNED_IN and self.account
            self.end(Code.RESTART if is_old_cookie else close.code)
        except Refused as refusal:
            self.end(CloseWith.because_of(refusal).code)
        except Exception:
            # Who cannot be asked for does not stay: the page comes back, and is asked for then.
            logger.exception("Asking again for a page of %s failed", self.viewer.stream)
            self.end(Code.FAILED)

    def _forget_sign_in(self) -> None:
        """Whom the handshake's cookie signs in is read again, not remembered."""
        self.scope.pop("user", None)
        self.__dict__.pop("request", None)

    async def _answer(self, frame: JsonObject) -> None:
        if frame["frame"] == "ping":
            self._send("pong", now=clock.estimate())
            return
        try:
            await self.handle_signal(frame["type"], frame.get("to"), frame.get("data"))
        except (NotUnderstood, RecursionError):
            # Data can be nested just deeply enough to be read and not to be written again.
            self._inbound.put_up_with(NotUnderstood())
        except Refused as refusal:
            self._refuse(refusal)

    def _refuse(self, refusal: Refused) -> None:
        metrics.count("refusals", code=refusal.code)
        # Before they are known, people are refused once.
        if hasattr(self, "limits") and not self.limits.refusals.take():
            return
        with translation.override(self._language):
            self._buffer.write(refused_frame(refusal))

    def _send(self, frame: str, **content: Json) -> None:
        self._buffer.write(Frame.of(frame, **content))
