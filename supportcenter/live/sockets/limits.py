"""What one person may send and hold, over all their sockets of a stream in this process.

Kept under the person, not the connection: many sockets, or the same one opened again, may send no more than one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from supportcenter import security_log
from supportcenter.allowance import Allowance
from supportcenter.live.delivery.close_codes import CloseWith, Code
from supportcenter.live.sockets.viewers import Viewer
from supportcenter.remembered import Remembered

# Frames that are not understood: the fifth closes the socket; one more is forgiven every fifteen seconds.
MAX_BAD_FRAMES, BAD_FRAMES_PER_SECOND = 5, 1 / 15
# Refusals that are told; a page that goes on asking hears no more of them.
REFUSALS_PER_SECOND, REFUSALS_AT_ONCE = 1, 10
# People without a socket who are remembered: all their allowances are full again after some twenty seconds.
MOST_PEOPLE = 4_096
# Lines in the security log about one person: one a minute.
WARNINGS_PER_SECOND = 1 / 60

# Ends a socket with a close code.
End = Callable[[int], None]


class Rates(NamedTuple):
    """Frames, and bytes of signals: a second in the long run, and at once."""

    frames: tuple[float, float]
    signal_bytes: tuple[float, float]


class Person:
    """What a person has left, and their sockets, the oldest first."""

    def __init__(self, key: str, rates: Rates) -> None:
        self._key = key
        self.frames = Allowance(*rates.frames)
        self.signal_bytes = Allowance(*rates.signal_bytes)
        self.bad_frames = Allowance(BAD_FRAMES_PER_SECOND, MAX_BAD_FRAMES - 1)
        self.refusals = Allowance(REFUSALS_PER_SECOND, REFUSALS_AT_ONCE)
        self._warnings = Allowance(WARNINGS_PER_SECOND, 1)
        self._sockets: list[End] = []

    def open(self, end: End, most: int) -> None:
        """Count one more socket, which `end` ends. Beyond `most`, the oldest gives way."""
        self._sockets.append(end)
        while len(self._sockets) > most:
            self._sockets.pop(0)(Code.OPENED_ELSEWHERE)

    def leave(self, end: End) -> None:
        if end in self._sockets:
            self._sockets.remove(end)

    def count_frame(self) -> None:
        """Raises CloseWith when there are too many."""
        if self.frames.take():
            return
        if self._warnings.take():
            security_log.warn("socket_flood", viewer=self._key)
        raise CloseWith(Code.TOO_MANY)


class People:
    """Everyone who has a socket in this process, or had one a moment ago."""

    def __init__(self) -> None:
        self._people: Remembered[tuple[str, str], Person] = Remembered(MOST_PEOPLE)

    def find(self, viewer: Viewer, rates: Rates) -> Person:
        key = viewer.stream, viewer.key
        person = self._people.get(key, lambda: Person(viewer.key, rates))
        self._people.keep(key, person)
        return person

    def clear(self) -> None:
        self._people.clear()


people = People()
