"""One page's subscription to its stream.

The hub may deliver an event late, twice or not at all. The page still gets every event it may see, once and in order:
known numbers are dropped, and an event that does not follow the last one makes us read the log.
"""

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from itertools import count

from django.conf import settings

from supportcenter import clock, metrics
from supportcenter.live.delivery.close_codes import CloseWith, Code
from supportcenter.live.delivery.frames import Frame, event_frame
from supportcenter.live.delivery.messages import TakeoverMessage
from supportcenter.live.log.eventlog import events_after
from supportcenter.live.models import EventStream
from supportcenter.live.sockets.db import db
from supportcenter.live.sockets.send_buffer import SendBuffer
from supportcenter.live.sockets.viewers import Viewer

logger = logging.getLogger(__name__)

# Events: how many are read from the log at once, and how far behind a page may be before it has to reload.
PAGE = 500
TOO_FAR_BEHIND = 5000

_numbers, _process = count(), secrets.token_hex(4)

# An event's number, the number that it follows for this viewer, and its frame.
Numbered = tuple[int, int, Frame]


class TooOld(Exception):  # noqa: N818 - a fact about the page
    """The log does not hold what came after the page's position, or not for this viewer."""


class Subscription:
    def __init__(
        self,
        viewer: Viewer,
        known: int,
        buffer: SendBuffer,
        *,
        page: str | None = None,
        on_close: Callable[[int], None],
        on_gap: Callable[[], None],
    ) -> None:
        self.viewer = viewer
        self.is_staff = viewer.is_staff
        self.page, self.connection = page, _next_connection()
        # The page has connected once more, here or in another process.
        self.is_taken_over = False
        # Who is signed in, and by which sign-in; None for a customer's page.
        self.account: int | None = None
        self.sign_in: str | None = None
        self.known = known
        self._buffer = buffer
        self._on_close = on_close
        self._on_gap = on_gap
        # Not live yet, or reading the log: what comes then waits until we have read.
        self._busy = True
        self._reading: asyncio.Future[None] | None = None
        self._behind = False
        self._meanwhile: deque[Numbered] = deque()
        self._close_when_read: int | None = None

    def takeover(self) -> TakeoverMessage | None:
        """What ends the page's connections before this one; None for a page without a name."""
        if self.page is None:
            return None
        return TakeoverMessage(self.viewer.stream, self.viewer.key, self.page, self.connection)

    def start(self) -> None:
        """Send what the page has not seen. Join the hub first: events that arrive meanwhile are sent afterwards."""
        self._read_on(self._replay)

    def stop(self) -> None:
        if self._reading:
            self._reading.cancel()

    # ---- what the hub brings; called on the event loop, so it never waits

    def hear_event(self, seq: int, after: int, frame: Frame) -> None:
        if seq <= self.known:
            return
        if self._busy:
            self._keep(seq, after, frame)
        elif after > self.known:
            self.check_log()
        else:
            self.known = seq
            self._write(frame)
            metrics.count("events_delivered", way="live")

    def _keep(self, seq: int, after: int, frame: Frame) -> None:
        """Until the log is read. If there are many, they are dropped and read from the log too."""
        if len(self._meanwhile) < PAGE:
            self._meanwhile.append((seq, after, frame))
        else:
            self._meanwhile.clear()
            self._behind = True

    def hear_signal(self, frame: Frame) -> None:
        # Before the replay has begun the page does not listen yet.
        if (self._reading or not self._busy) and self._has_room_for_signal(frame):
            self._buffer.write(frame)

    def _has_room_for_signal(self, frame: Frame) -> bool:
        """A page that reads slowly misses signals; half of its budget is for events, which cost it the connection."""
        waiting = self._buffer.backlog
        return not waiting or waiting + len(frame) <= settings.SOCKET_BYTE_BUDGET // 2

    def hear_close(self, code: int) -> None:
        # The event that tells why may be among those being read.
        if self._busy:
            self._close_when_read = code
        else:
            self._on_close(code)

    def hear_takeover(self) -> None:
        self.is_taken_over = True
        self._on_close(Code.OPENED_ELSEWHERE)

    def fail(self) -> None:
        """Close the page, which comes back and reads what it has missed."""
        self._on_close(Code.FAILED)

    def hear_gap(self) -> None:
        self.check_log()
        if self._reading:
            self._on_gap()

    def hear_doubt(self) -> None:
        self._on_gap()

    def check_log(self) -> None:
        """Read the log, once for however many events call for it."""
        self._behind = True
        if not self._busy:
            metrics.count("resumes", because="gap")
            self._read_on(self._catch_up)

    # ---- the log

    def _read_on(self, read: Callable[[], Awaitable[None]]) -> None:
        self._busy = True
        self._reading = asyncio.ensure_future(self._read(read))

    async def _read(self, read: Callable[[], Awaitable[None]]) -> None:
        try:
            await read()
            code = self._close_when_read
        except TooOld:
            code = self._ask_for_reload()
        except CloseWith as close:
            code = close.code
        except Exception:
            logger.exception("Reading the log of %s failed", self.viewer.stream)
            code = Code.FAILED
        self._busy, self._reading = False, None
        if code:
            self._on_close(code)

    async def _replay(self) -> None:
        stream = await db(_read_stream, self.viewer.stream)
        if not max(stream.last_seq - TOO_FAR_BEHIND, self.viewer.since) <= self.known <= stream.last_seq:
            raise TooOld
        visible = stream.position_for(self.viewer.audience)
        if self.known < visible:
            self._behind = True
            metrics.count("resumes", because="connected")
        await self._catch_up()
        if self.known < visible:
            raise TooOld

    async def _catch_up(self) -> None:
        while self._behind or self._meanwhile:
            if self._behind:
                self._behind = False
                await self._read_pages()
            await self._send_kept()

    async def _send_kept(self) -> None:
        """Without reading the log again, which would find more each time for as long as others are active."""
        while self._meanwhile and not self._behind:
            seq, after, frame = self._meanwhile.popleft()
            if after > self.known:
                self._behind = True
            elif seq > self.known:
                await self._send_patiently(seq, after, frame)

    async def _read_pages(self) -> None:
        while True:
            page = await db(_read_page, self.viewer, self.known)
            for seq, after, frame in page:
                await self._send_patiently(seq, after, frame)
            if len(page) < PAGE:
                return

    async def _send_patiently(self, seq: int, after: int, frame: Frame) -> None:
        if after > self.known:
            raise TooOld
        await self._buffer.room()
        self.known = seq
        self._write(frame)
        metrics.count("events_delivered", way="log")

    def _ask_for_reload(self) -> int:
        metrics.count("resumes", because="reload")
        self._write(Frame.of("reload"))
        return Code.DONE

    def _write(self, frame: Frame) -> None:
        if not self._buffer.write(frame):
            self._on_close(Code.READING_TOO_SLOWLY)


def _next_connection() -> str:
    """A name that is greater than those given out before, in this process or another."""
    moment = round(clock.estimate().timestamp() * 1_000_000)
    return f"{moment:017d}.{next(_numbers):09d}.{_process}"


def _read_stream(name: str) -> EventStream:
    return EventStream.objects.named(name)


def _read_page(viewer: Viewer, known: int) -> list[Numbered]:
    events = events_after(viewer.stream, known, audience=viewer.audience, limit=PAGE)
    return [(event.seq, event.after(viewer.audience), event_frame(event, viewer.audience)) for event in events]
