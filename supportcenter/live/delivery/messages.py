"""What travels through the hub: each post knows whom it concerns and what to ask of a follower.

Between processes a post goes as the JSON list of its kind and its fields, the frames in it as they are.
"""

from dataclasses import dataclass, fields

from supportcenter.live.delivery.frames import Frame, event_frame
from supportcenter.live.models import Audience


class Post:
    __slots__ = ()

    def reach(self, follower):
        """Ask of the follower what this post is about, if it is concerned."""
        raise NotImplementedError

    def pack(self) -> list:
        return [type(self).__name__, *(_packed(getattr(self, field.name)) for field in fields(self))]


@dataclass(frozen=True, slots=True)
class EventPost(Post):
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

    def reach(self, follower):
        if follower.is_staff:
            follower.hear_event(self.seq, self.seq - 1, self.for_staff)
        elif self.for_everyone:
            follower.hear_event(self.seq, self.follows, self.for_everyone)


@dataclass(frozen=True, slots=True)
class SignalPost(Post):
    """A fleeting message to one viewer or, without `to`, to everybody on the stream but its sender."""

    stream: str
    to: str | None
    sender: str | None
    frame: Frame

    def reach(self, follower):
        key = follower.viewer.key
        if key == self.to or (self.to is None and key != self.sender):
            follower.hear_signal(self.frame)


@dataclass(frozen=True, slots=True)
class ClosePost(Post):
    """An end to a viewer's sockets or, without `viewer`, to all; the page load named in `keep` is spared."""

    stream: str
    viewer: str | None
    code: int
    keep: str | None = None

    def reach(self, follower):
        if self.viewer in (None, follower.viewer.key) and (self.keep is None or self.keep != follower.page):
            follower.hear_close(self.code)


@dataclass(frozen=True, slots=True)
class GapPost(Post):
    """Posts may have been lost on the way: everybody look for themselves. It concerns every stream."""

    stream: None = None

    def reach(self, follower):
        follower.hear_gap()


KINDS = {kind.__name__: kind for kind in (EventPost, SignalPost, ClosePost, GapPost)}


def unpack(kind, *values) -> Post:
    return KINDS[kind](*map(_unpacked, values))


def _packed(value):
    return {"frame": value.text} if isinstance(value, Frame) else value


def _unpacked(value):
    return Frame(value["frame"].encode()) if isinstance(value, dict) else value
