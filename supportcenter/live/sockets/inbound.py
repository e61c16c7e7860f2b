"""What a page may send up, and how much of it."""

import json
import time

from django.utils.translation import gettext_lazy as _

from supportcenter.live.sockets.close_codes import CloseWith, Code
from supportcenter.refusals import Refused

MAX_FRAME_BYTES = 64 * 1024
MAX_BAD_FRAMES = 5


class NotUnderstood(Refused):
    """No frame of the protocol."""

    code = "not_understood"
    message = _("The page sent something that the server does not understand.")
    status = 400


class Inbound:
    """One page's frames: counted, measured, and read as JSON."""

    def __init__(self, rate, burst):
        self._allowance = Allowance(rate, burst)
        self._bad_frames = 0

    def read(self, message) -> dict:
        if not self._allowance.take():
            raise CloseWith(Code.TOO_MANY_FRAMES)
        text = message.get("text") or ""
        if len(text.encode("utf-8", "replace")) > MAX_FRAME_BYTES or len(message.get("bytes") or b"") > MAX_FRAME_BYTES:
            raise CloseWith(Code.FRAME_TOO_LARGE)
        return self._parsed(text)

    def count_bad_frame(self):
        self._bad_frames += 1
        if self._bad_frames >= MAX_BAD_FRAMES:
            raise CloseWith(Code.NOT_UNDERSTOOD)

    def _parsed(self, text):
        try:
            frame = json.loads(text, parse_constant=_no_such_number)
        except (ValueError, RecursionError):
            raise NotUnderstood from None
        if not isinstance(frame, dict):
            raise NotUnderstood
        return frame


def is_follow(frame):
    after, page = frame.get("after"), frame.get("page")
    return frame.get("frame") == "follow" and type(after) is int and after >= 0 and isinstance(page, str | None)


def is_signal_or_ping(frame):
    kind, type_, to = frame.get("frame"), frame.get("type"), frame.get("to")
    return kind == "ping" or (kind == "signal" and isinstance(type_, str) and isinstance(to, str | None))


class Allowance:
    """A token bucket: `rate` frames a second for long, `burst` at once."""

    def __init__(self, rate, burst):
        self._rate, self._burst = rate, burst
        self._tokens, self._at = burst, time.monotonic()

    def take(self, tokens=1) -> bool:
        now = time.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < tokens:
            return False
        self._tokens -= tokens
        return True


def _no_such_number(name):
    raise ValueError(f"{name} is Python's, not JSON's")


def is_plain_word(value, longest) -> bool:
    """Whether a page of ours can have made this name up; null bytes and half surrogate pairs no database takes."""
    return isinstance(value, str) and 0 < len(value) <= longest and value.isascii() and value.isprintable()
