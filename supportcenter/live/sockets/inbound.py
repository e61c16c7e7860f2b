"""What a page may send up, and how much of it."""

import json
import time
from typing import NoReturn, TypeGuard

from django.utils.translation import gettext_lazy as _

from supportcenter.json_types import Json, JsonObject
from supportcenter.live.delivery.close_codes import CloseWith, Code
from supportcenter.live.sockets.asgi import AsgiMessage
from supportcenter.refusals import Refused

MAX_FRAME_BYTES = 64 * 1024
MAX_BAD_FRAMES = 5


class NotUnderstood(Refused):
    """The frame is not one of the protocol's."""

    code = "not_understood"
    message = _("The page sent something that the server does not understand.")
    status = 400


class Inbound:
    """One page's frames: counted, measured and parsed as JSON."""

    def __init__(self, rate: float, burst: float) -> None:
        self._allowance = Allowance(rate, burst)
        self._bad_frames = 0

    def read(self, message: AsgiMessage) -> JsonObject:
        """The frame in an ASGI message. Raises NotUnderstood or, when it is too large or too many, CloseWith."""
        if not self._allowance.take():
            raise CloseWith(Code.TOO_MANY_FRAMES)
        text = message.get("text") or ""
        if len(text.encode("utf-8", "replace")) > MAX_FRAME_BYTES or len(message.get("bytes") or b"") > MAX_FRAME_BYTES:
            raise CloseWith(Code.FRAME_TOO_LARGE)
        return self._parsed(text)

    def count_bad_frame(self) -> None:
        """Raises CloseWith when the page has sent too many frames that are not understood."""
        self._bad_frames += 1
        if self._bad_frames >= MAX_BAD_FRAMES:
            raise CloseWith(Code.NOT_UNDERSTOOD)

    def _parsed(self, text: str) -> JsonObject:
        try:
            frame = json.loads(text, parse_constant=_no_such_number)
        except (ValueError, RecursionError):
            raise NotUnderstood from None
        if not isinstance(frame, dict):
            raise NotUnderstood
        return frame


def is_follow(frame: JsonObject) -> bool:
    after, page = frame.get("after"), frame.get("page")
    return frame.get("frame") == "follow" and type(after) is int and after >= 0 and isinstance(page, str | None)


def is_signal_or_ping(frame: JsonObject) -> bool:
    kind, type_, to = frame.get("frame"), frame.get("type"), frame.get("to")
    return kind == "ping" or (kind == "signal" and isinstance(type_, str) and isinstance(to, str | None))


class Allowance:
    """A token bucket: `rate` tokens a second in the long run, `burst` at once."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._tokens, self._at = burst, time.monotonic()

    def take(self, tokens: float = 1) -> bool:
        now = time.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < tokens:
            return False
        self._tokens -= tokens
        return True


def _no_such_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is Python's, not JSON's")


def is_plain_word(value: Json, longest: int) -> TypeGuard[str]:
    """Whether a page of ours can have made up this name: at most `longest` printable ASCII characters.

    No database takes null bytes or half a surrogate pair.
    """
    return isinstance(value, str) and 0 < len(value) <= longest and value.isascii() and value.isprintable()
