"""What travels through the hub. Each message knows which subscriptions it concerns and what to tell them.

Between processes a message is a JSON list of its wire name and its fields, with the frames in it as they are. During an
upgrade the processes may be of two releases: so a wire name stays what it is, whatever its class is called, and a
message that takes other fields than before takes another name.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar, Protocol, get_type_hints

from supportcenter.json_types import Json
from supportcenter.live.delivery.close_codes import Code
from supportcenter.live.delivery.frames import Frame, event_frame
from supportcenter.live.log.actor import Actor
from supportcenter.live.models import Audience, Event

# Bytes: what each delivery costs besides the frame itself.
SIGNAL_OVERHEAD = 200


class Subscriber(Protocol):
    """One page that follows a stream, as messages see it: `live.sockets.subscription` implements it."""

    page: str | None
    # Of two connections of one page the later has the greater name, in whatever process it is.
    connection: str
    # By a later connection of the page, which may be one to another process.
    is_taken_over: bool
    account: int | None
    sign_in: str | None

    @property
    def viewer(self) -> Actor: ...

    @property
    def is_staff(self) -> bool: ...

    def hear_event(self, seq: int, after: int, frame: Frame) -> None: ...

    def hear_signal(self, frame: Frame) -> None: ...

    def hear_close(self, code: int) -> None: ...

    def hear_takeover(self) -> None: ...

    def hear_gap(self) -> None: ...

    def hear_doubt(self) -> None: ...

    def fail(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Message:
    """A message to the subscriptions of `stream`, or of every stream without one."""

    wire_name: ClassVar[str]
    stream: str | None

    def reach(self, subscription: Subscriber) -> None:
        """Tell the subscription, if the message concerns it."""
        raise NotImplementedError

    def weight(self, subscriptions: int) -> int:
        """Bytes that it brings to so many subscriptions, as far as a stream's people may only send so much (`hub`)."""
        return 0

    def pack(self) -> list[Json]:
        return [self.wire_name, *(_packed(getattr(self, field.name)) for field in fields(self))]


@dataclass(frozen=True, slots=True)
class EventMessage(Message):
    """An event that has just been committed, encoded for both audiences."""

    wire_name = "event"
    stream: str
    seq: int
    follows: int
    for_staff: Frame
    for_everyone: Frame | None

    @classmethod
    def of(cls, event: Event) -> EventMessage:
        for_staff = event_frame(event, Audience.STAFF)
        for_everyone = None
        if event.audience == Audience.EVERYONE:
            # Usually nothing was withheld just before, and both audiences get the very same frame.
            same = event.after(Audience.EVERYONE) == event.after(Audience.STAFF)
            for_everyone = for_staff if same else event_frame(event, Audience.EVERYONE)
        return cls(event.stream_name, event.seq, event.follows, for_staff, for_everyone)

    def reach(self, subscription: Subscriber) -> None:
        if subscription.is_staff:
            subscription.hear_event(self.seq, self.seq - 1, self.for_staff)
        elif self.for_everyone:
            subscription.hear_event(self.seq, self.follows, self.for_everyone)


@dataclass(frozen=True, slots=True)
class SignalMessage(Message):
    """A signal to one viewer or, without `to`, to everyone on the stream but its sender."""

    wire_name = "signal"
    stream: str
    to: str | None
    sender: str | None
    frame: Frame

    def reach(self, subscription: Subscriber) -> None:
        key = subscription.viewer.event_key
        if key == self.to or (self.to is None and key != self.sender):
            subscription.hear_signal(self.frame)

    def weight(self, subscriptions: int) -> int:
        # What the site says itself is not held back for what people say.
        receivers = subscriptions if self.to is None else 1
        return receivers * (SIGNAL_OVERHEAD + len(self.frame)) if self.sender else 0


@dataclass(frozen=True, slots=True)
class CloseMessage(Message):
    """Closes a viewer's sockets or, without `viewer`, everyone's; the page load named in `keep` is spared."""

    wire_name = "close"
    stream: str
    viewer: str | None
    code: int
    keep: str | None = None

    def reach(self, subscription: Subscriber) -> None:
        concerned = self.viewer in (None, subscription.viewer.event_key)
        if concerned and (self.keep is None or self.keep != subscription.page):
            subscription.hear_close(self.code)


@dataclass(frozen=True, slots=True)
class TakeoverMessage(Message):
    """A page has connected again: of the connections of that page before, in whatever process, none stays."""

    wire_name = "takeover"
    stream: str
    viewer: str
    page: str
    connection: str

    def reach(self, subscription: Subscriber) -> None:
        is_same = (subscription.viewer.event_key, subscription.page) == (self.viewer, self.page)
        # A message can be late: it must not close the connection that the page has opened since.
        if is_same and subscription.connection < self.connection:
            subscription.hear_takeover()


@dataclass(frozen=True, slots=True)
class GapMessage(Message):
    """Messages may have been lost on the way: the subscriptions have to read the log."""

    wire_name = "gap"
    stream: str | None = None

    def reach(self, subscription: Subscriber) -> None:
        subscription.hear_gap()


@dataclass(frozen=True, slots=True)
class RightsMessage(Message):
    """The rights of the account with this key have changed: its pages are asked for again."""

    wire_name = "rights"
    stream: None
    account: int

    def reach(self, subscription: Subscriber) -> None:
        if subscription.account == self.account:
            subscription.hear_doubt()


@dataclass(frozen=True, slots=True)
class SignedOutMessage(Message):
    """A browser has signed out; `sign_in` is the digest of its session's key."""

    wire_name = "signed_out"
    stream: None
    sign_in: str

    def reach(self, subscription: Subscriber) -> None:
        if subscription.sign_in == self.sign_in:
            subscription.hear_close(Code.NOT_SIGNED_IN)


class UnreadableMessage(ValueError):  # noqa: N818 - another release's message is no error
    """No message of this release; `name` and `stream` are what it says about itself, as far as that can be read."""

    def __init__(self, packed: Json) -> None:
        name, stream, *_ = [*packed, None, None] if isinstance(packed, list) else (None, None)
        self.name = str(name)[:40]
        self.stream = stream if isinstance(stream, str) else None
        super().__init__(self.name)


def _types_of_fields(kind: type[Message]) -> dict[str, type]:
    types = get_type_hints(kind)
    return {field.name: types[field.name] for field in fields(kind)}


KINDS: dict[str, type[Message]] = {
    kind.wire_name: kind
    for kind in (
        EventMessage,
        SignalMessage,
        CloseMessage,
        TakeoverMessage,
        GapMessage,
        RightsMessage,
        SignedOutMessage,
    )
}
TYPES = {name: _types_of_fields(kind) for name, kind in KINDS.items()}


def unpack(packed: Json) -> Message:
    """The message that `pack` made a list of. Raises UnreadableMessage if it was not one of ours."""
    try:
        name, *values = packed
        message = KINDS[name](*map(_unpacked, values))
    except (TypeError, ValueError, KeyError, AttributeError):
        raise UnreadableMessage(packed) from None
    if not _is_sound(message):
        raise UnreadableMessage(packed)
    return message


def _is_sound(message: Message) -> bool:
    return all(isinstance(getattr(message, name), kind) for name, kind in TYPES[message.wire_name].items())


def _packed(value: str | int | Frame | None) -> Json:
    return {"frame": value.text} if isinstance(value, Frame) else value


def _unpacked(value: Json) -> Json:
    return Frame(value["frame"].encode()) if isinstance(value, dict) else value
