"""Bytes that are made a segment at a time, from any place on. The latest segment is kept, and no other."""

import io
from typing import Any


class DamagedFileError(OSError):
    """It was cut off, changed or exchanged: nothing of it can be trusted from here on."""


class Segmented(io.RawIOBase):
    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size
        self._at, self._number, self._segment = 0, -1, b""

    def place_of(self, at: int) -> tuple[int, int]:
        """The number of the segment with this byte, and the byte's place in it."""
        raise NotImplementedError

    def make(self, number: int) -> bytes:
        """That segment. Raises DamagedFileError."""
        raise NotImplementedError

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence])
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self.size or not len(buffer):
            return 0
        number, place = self.place_of(self._at)
        if number != self._number:
            self._segment, self._number = self.make(number), number
        piece = self._segment[place : place + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
