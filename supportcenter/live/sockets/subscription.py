"""One page's place in its stream.

Whatever the hub brings, late, twice or not at all, the page gets every event it may see, once and in order: known
numbers are dropped, and an event that does not follow the last one sends us to the log.
"""

import asyncio
import logging
from collections import deque

from supportcenter.live.delivery.frames import Frame, event_frame
from supportcenter.live.log.eventlog import events_after
from supportcenter.live.models import EventStream
from supportcenter.live.sockets.close_codes import CloseWith, Code
from supportcenter.live.sockets.db import db

logger = logging.getLogger(__name__)

# Events: read from the log at once, and how far behind a page is better off loading itself anew.
PAGE = 500
TOO_FAR_BEHIND = 5000


class TooOld(Exception):  # noqa: N818 - a fact about the page
    """The log does not hold what came after the page's position."""


class Subscription:
    def __init__(self, viewer, known, buffer, *, page=None, on_close, on_gap):
        self.viewer = viewer
        self.is_staff = viewer.is_staff
        self.page = page
        self.known = known
        self._buffer = buffer
        self._on_close = on_close
        self._on_gap = on_gap
        # Not live yet, or reading the log: then what comes waits until we have read.
        self._busy = True
        self._reading = None
        self._behind = False
        self._meanwhile = deque()
        self._close_when_read = None

    def start(self):
        """Send what the page has not seen. Join the hub before: what comes meanwhile is sent after that."""
        self._read_on(self._replay)

    def stop(self):
        if self._reading:
            self._reading.cancel()

    # ---- what the hub brings; called on the event loop, so it never waits

    def hear_event(self, seq, after, frame):
        if seq <= self.known:
            return
        if self._busy:
            self._keep(seq, after, frame)
        elif after > self.known:
            self.check_log()
        else:
            self.known = seq
            self._write(frame)

    def _keep(self, seq, after, frame):
        """Until the log is read. If it is a lot, the log has it too."""
        if len(self._meanwhile) < PAGE:
            self._meanwhile.append((seq, after, frame))
        else:
            self._meanwhile.clear()
            self._behind = True

    def hear_signal(self, frame):
        # Before the replay has begun there is nobody to tell.
        if self._reading or not self._busy:
            self._write(frame)

    def hear_close(self, code):
        # The event that tells why may be among those being read.
        if self._busy:
            self._close_when_read = code
        else:
            self._on_close(code)

    def hear_gap(self):
        self.check_log()
        if self._reading:
            self._on_gap()

    def check_log(self):
        """Read the log, once for however many events call for it."""
        self._behind = True
        if not self._busy:
            self._read_on(self._catch_up)

    # ---- the log

    def _read_on(self, read):
        self._busy = True
        self._reading = asyncio.ensure_future(self._read(read))

    async def _read(self, read):
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

    async def _replay(self):
        stream = await db(_read_stream, self.viewer.stream)
        if not stream.last_seq - TOO_FAR_BEHIND <= self.known <= stream.last_seq:
            raise TooOld
        visible = stream.position_for(self.viewer.audience)
        if self.known < visible:
            self._behind = True
        await self._catch_up()
        if self.known < visible:
            raise TooOld

    async def _catch_up(self):
        while self._behind or self._meanwhile:
            if self._behind:
                self._behind = False
                await self._read_pages()
            await self._send_kept()

    async def _send_kept(self):
        """Without another look at the log, which would find more each time for as long as others talk."""
        while self._meanwhile and not self._behind:
            seq, after, frame = self._meanwhile.popleft()
            if after > self.known:
                self._behind = True
            elif seq > self.known:
                await self._send_patiently(seq, after, frame)

    async def _read_pages(self):
        while True:
            page = await db(_read_page, self.viewer, self.known)
            for seq, after, frame in page:
                await self._send_patiently(seq, after, frame)
            if len(page) < PAGE:
                return

    async def _send_patiently(self, seq, after, frame):
        if after > self.known:
            raise TooOld
        await self._buffer.room()
        self.known = seq
        self._write(frame)

    def _ask_for_reload(self):
        self._write(Frame.of("reload"))
        return Code.DONE

    def _write(self, frame):
        if not self._buffer.write(frame):
            self._on_close(Code.READING_TOO_SLOWLY)


def _read_stream(name):
    return EventStream.objects.filter(name=name).first() or EventStream(name=name)


def _read_page(viewer, known):
    events = events_after(viewer.stream, known, audience=viewer.audience, limit=PAGE)
    return [(event.seq, event.after(viewer.audience), event_frame(event, viewer.audience)) for event in events]
