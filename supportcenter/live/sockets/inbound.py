"""What a page may send up, and how much of it."""

import json
from collections.abc import Callable
from typing import NoReturn, TypeGuard

from django.utils.translation import gettext_lazy as _

from supportcenter.json_types import Json, JsonObject
from supportcenter.live.delivery.close_codes import CloseWith, Code
from supportcenter.live.sockets.asgi import AsgiMessage, Receive
from supportcenter.live.sockets.limits import Person
from supportcenter.refusals import Refused

MAX_FRAME_BYTES = 64 * 1024
LONGEST_PAGE = 100


class Disconnected(Exception):  # noqa: N818 - every conversation ends
    """The page is gone."""


class NotUnderstood(Refused):
    """The frame is not one of the protocol's."""

    code = "not_understood"
    message = _("The page sent something that the server does not understand.")
    status = 400


class Inbound:
    """One person's frames: counted, measured and parsed as JSON."""

    def __init__(self, receive: Receive, refuse: Callable[[Refused], None], person: Person) -> None:
        self._receive, self._refuse, self._person = receive, refuse, person
        self.close_code: int | None = None

    async def follow(self) -> JsonObject:
        """The frame with which a page begins. Raises CloseWith, also if no page of ours has such a name."""
        frame = await self.next(is_follow)
        if len(frame.get("page") or "") > LONGEST_PAGE:
            raise CloseWith(Code.NOT_UNDERSTOOD)
        return frame

    async def next(self, is_expected: Callable[[JsonObject], bool]) -> JsonObject:
        """The page's next frame of an expected kind. Others are refused, and too many of them close the socket.

        Raises CloseWith, and Disconnected when the page is gone.
        """
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                self.close_code = message.get("code")
                raise Disconnected
            try:
                frame = self._read(message)
                if is_expected(frame):
                    return frame
                raise NotUnderstood
            except NotUnderstood as refusal:
                self.put_up_with(refusal)

    def put_up_with(self, refusal: Refused) -> None:
        """A frame that is not understood. Raises CloseWith when the person has sent too many of them."""
        self._refuse(refusal)
        if not self._person.bad_frames.take():
            raise CloseWith(Code.NOT_UNDERSTOOD)

    def _read(self, message: AsgiMessage) -> JsonObject:
        """The frame in an ASGI message. Raises NotUnderstood or, when it is too large or too many, CloseWith.

        What is too much is not even parsed.
        """
        self._person.count_frame()
        text = message.get("text") or ""
        if len(text.encode("utf-8", "replace")) > MAX_FRAME_BYTES or len(message.get("bytes") or b"") > MAX_FRAME_BYTES:
            raise CloseWith(Code.FRAME_TOO_LARGE)
        return self._parsed(text)

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


def _no_such_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is Python's, not JSON's")


def is_plain_word(value: Json, longest: int) -> TypeGuard[str]:
    """Whether a page of ours can have made up this name: at most `longest` printable ASCII characters.

    No database takes null bytes or half a surrogate pair.
    """
    return isinstance(value, str) and 0 < len(value) <= longest and value.isascii() and value.isprintable()
