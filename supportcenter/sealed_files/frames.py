"""An upload on its way: encrypted piece by piece, each written once behind the others.

    magic (8) | version (1) | mark of the key (8) | salt (32) | frames: length (4) | nonce (12) | piece | tag (16)

A piece is bound to the upload's name and to its place. How many bytes count says the database: a frame beyond is left
over, and one that is missing is seen.
"""

import os
from bisect import bisect_right
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from supportcenter.files_keys import LENGTH, MARK, FilesKey, key_marked
from supportcenter.refusals.file_unreadable import FilesKeyMissing
from supportcenter.sealed_files.segmented import DamagedFileError, Segmented

MAGIC, VERSION = b"\x89SCpart\n", b"\x01"
FRONT = len(MAGIC + VERSION) + MARK
HEAD = FRONT + LENGTH
COUNT, NONCE, TAG = 4, 12, 16
# Bytes that a piece takes besides its own.
FRAME = COUNT + NONCE + TAG


def kept_size(size: int, pieces: int) -> int:
    return HEAD + size + FRAME * pieces


def new_head(key: FilesKey) -> bytes:
    return MAGIC + VERSION + key.mark + os.urandom(LENGTH)


def mark_in(head: bytes) -> bytes:
    return head[FRONT - MARK : FRONT]


def frame_of(head: bytes, name: str, at: int, piece: bytes) -> bytes:
    """The piece that begins at byte `at` of the upload, as it is written. Raises DamagedFileError, FilesKeyMissing."""
    nonce = os.urandom(NONCE)
    return len(piece).to_bytes(COUNT) + nonce + _aead(head, name).encrypt(nonce, piece, at.to_bytes(8))


class Pieces(Segmented):
    """What the first `size` bytes of an upload are. Raises DamagedFileError, or FilesKeyMissing."""

    def __init__(self, kept: IO[bytes], name: str, size: int) -> None:
        super().__init__(size)
        self._kept = kept
        self._aead = _aead(kept.read(HEAD), name)
        # Where each piece begins: in the upload, and in the file.
        self._starts: list[int] = []
        self._places: list[int] = []
        at, place = 0, HEAD
        while at < size:
            kept.seek(place)
            count = int.from_bytes(kept.read(COUNT))
            if not count:
                raise DamagedFileError("The upload ends before its time")
            self._starts.append(at)
            self._places.append(place)
            at, place = at + count, place + count + FRAME
        if at != size:
            raise DamagedFileError("The upload does not end where it should")
        self._ends = [*self._starts[1:], size]

    def place_of(self, at: int) -> tuple[int, int]:
        number = bisect_right(self._starts, at) - 1
        return number, at - self._starts[number]

    def make(self, number: int) -> bytes:
        self._kept.seek(self._places[number] + COUNT)
        start = self._starts[number]
        nonce = self._kept.read(NONCE)
        try:
            return self._aead.decrypt(nonce, self._kept.read(self._ends[number] - start + TAG), start.to_bytes(8))
        except (InvalidTag, ValueError) as error:
            raise DamagedFileError(f"Piece {number} of the upload is not as it was written") from error

    def close(self) -> None:
        self._kept.close()
        super().close()


def _aead(head: bytes, name: str) -> AESGCM:
    if len(head) < HEAD or head[: FRONT - MARK] != MAGIC + VERSION:
        raise DamagedFileError("The head of the upload is damaged, or written by a newer release")
    key = key_marked(mark_in(head))
    if key is None:
        raise FilesKeyMissing
    about = head[:FRONT] + name.encode()
    return AESGCM(HKDF(hashes.SHA256(), LENGTH, salt=head[FRONT:], info=about).derive(key.secret))
