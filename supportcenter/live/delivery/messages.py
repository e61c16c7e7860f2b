"""What travels through the hub: each message knows whom it concerns and what to ask of a subscription.

Between processes a message goes as the JSON list of its kind and its fields, the frames in it as they are.
"""

from dataclasses import dataclass, fields

from supportcenter.live.delivery.frames import Frame, event_frame
from supportcenter.live.models import Audience


class Message:
    __slots__ = ()

    def reach(self, subscription):
        """Ask of the subscription what this message is about, if it is concerned."""
        raise NotImplementedError

    def pack(self) -> list:
        return [type(self).__name__, *(_packed(getattr(self, field.name)) for field in fields(self))]


@dataclass(frozen=True, slots=True)
class EventMessage(Message):
    """An event that has just been committed, encoded for both audiences."""

    stream: str
    seq: int
    follows: int
    for_staff: Frame
    for_everyone: Frame | None

    @classmethod
    def of(cls, event):
        for_staff = event_frame(event, Audience.STAFF)
        for_everyone = None
        if event.audience == Audience.EVERYONE:
            # Mostly nothing was withheld just before, and both audiences get the very same frame.
            same = event.after(Audience.EVERYONE) == event.after(Audience.STAFF)
            for_everyone = for_staff if same else event_frame(event, Audience.EVERYONE)
        return cls(event.stream_name, event.seq, event.follows, for_staff, for_everyone)

    def reach(self, subscription):
        if subscription.is_staff:
            subscription.hear_event(self.seq, self.seq - 1, self.for_staff)
        elif self.for_everyone:
            subscription.hear_event(self.seq, self.follows, self.for_everyone)


@dataclass(frozen=True, slots=True)
class SignalMessage(Message):
    """A fleeting message to one viewer or, without `to`, to everybody on the stream but its sender."""

    stream: str
    to: str | None
    sender: str | None
    frame: Frame

    def reach(self, subscription):
        key = subscription.viewer.key
        if key == self.to or (self.to is None and key != self.sender):
            subscription.hear_signal(self.frame)


@dataclass(frozen=True, slots=True)
class CloseMessage(Message):
    """An end to a viewer's sockets or, without `viewer`, to all; the page load named in `keep` is spared."""

    stream: str
    viewer: str | None
    code: int
    keep: str | None = None

    def reach(self, subscription):
        if self.viewer in (None, subscription.viewer.key) and (self.keep is None or self.keep != subscription.page):
            subscription.hear_close(self.code)


@dataclass(frozen=True, slots=True)
class GapMessage(Message):
    """Messages may have been lost on the way: everybody look for themselves. It concerns every stream."""

    stream: None = None

    def reach(self, subscription):
        subscription.hear_gap()


KINDS = {kind.__name__: kind for kind in (EventMessage, SignalMessage, CloseMessage, GapMessage)}


def unpack(kind, *values) -> Message:
    return KINDS[kind](*map(_unpacked, values))


def _packed(value):
    return {"frame": value.text} if isinstance(value, Frame) else value


def _unpacked(value):
    return Frame(value["frame"].encode()) if isinstance(value, dict) else value
