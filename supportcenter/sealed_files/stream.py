"""A file as it is kept: encrypted in segments, so that any part can be read, and none exchanged or left out unseen.

    magic (8) | version (1) | mark of the key (8) | a stream of Tink's AES256_GCM_HKDF with segments of 64 KiB

That stream is 40 (1) | salt (32) | prefix of nonces (7) | segments, each with its tag (16). Its associated data are the
17 bytes in front and the file's name, so a file that is put in another's place cannot be read.
"""

import io
import os
from typing import IO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from supportcenter.files_keys import LENGTH, MARK, FilesKey, key_marked
from supportcenter.refusals.file_unreadable import FilesKeyMissing
from supportcenter.sealed_files.segmented import DamagedFileError, Segmented

# No text, picture or film begins so.
MAGIC, VERSION = b"\x89SCfile\n", b"\x01"
FRONT = len(MAGIC + VERSION) + MARK
SALT, PREFIX, TAG = LENGTH, 7, 16
INNER = 1 + SALT + PREFIX
HEAD = FRONT + INNER
# Bytes of a segment as it is kept, and what it holds. The first is shorter by the stream's own head.
SEGMENT = 64 * 1024
HELD = SEGMENT - TAG


class Stream(NamedTuple):
    """What encrypts and decrypts the segments of one file."""

    head: bytes
    aead: AESGCM

    def nonce(self, number: int, *, is_last: bool) -> bytes:
        return self.head[-PREFIX:] + number.to_bytes(4) + bytes([is_last])


def mark_in(head: bytes) -> bytes | None:
    """The mark of the key of a file that begins so; None if it is not encrypted."""
    return head[FRONT - MARK : FRONT] if head.startswith(MAGIC) else None


def new_stream(name: str, key: FilesKey) -> Stream:
    front = MAGIC + VERSION + key.mark
    return _stream(front + bytes([INNER]) + os.urandom(SALT + PREFIX), name, key)


def stream_of(head: bytes, name: str) -> Stream:
    """Of a kept file that begins so. Raises DamagedFileError, or FilesKeyMissing."""
    if len(head) < HEAD or head[len(MAGIC) : FRONT - MARK] != VERSION or head[FRONT] != INNER:
        raise DamagedFileError("The head of the file is damaged, or written by a newer release")
    key = key_marked(head[FRONT - MARK : FRONT])
    if key is None:
        raise FilesKeyMissing
    return _stream(head, name, key)


def _stream(head: bytes, name: str, key: FilesKey) -> Stream:
    about = head[:FRONT] + name.replace("\\", "/").encode()
    secret = HKDF(hashes.SHA256(), LENGTH, salt=head[FRONT + 1 : FRONT + 1 + SALT], info=about).derive(key.secret)
    return Stream(head, AESGCM(secret))


def segments_of(size: int) -> int:
    """How many segments hold so many bytes; an empty file has one too."""
    return max(1, -(-(size + INNER) // HELD))


def kept_size(size: int) -> int:
    return HEAD + size + TAG * segments_of(size)


def held_size(kept: int) -> int:
    """How many bytes a kept file of this size holds. Raises DamagedFileError."""
    inner = kept - FRONT
    size = inner - INNER - TAG * -(-inner // SEGMENT)
    if size < 0 or kept_size(size) != kept:
        raise DamagedFileError("The file has been cut off")
    return size


def _start_of(number: int) -> int:
    """Where the segment begins in the file that is held."""
    return max(0, number * HELD - INNER)


class Sealing(Segmented):
    """`plain` as it is to be kept, encrypted while it is read. It can be read twice, as object storage does."""

    def __init__(self, plain: IO[bytes], name: str, key: FilesKey) -> None:
        self._plain, self._stream = plain, new_stream(name, key)
        self._held = plain.seek(0, io.SEEK_END)
        self._last = segments_of(self._held) - 1
        super().__init__(kept_size(self._held))

    def place_of(self, at: int) -> tuple[int, int]:
        number = max(0, (at - FRONT) // SEGMENT)
        return number, at - (FRONT + number * SEGMENT if number else 0)

    def make(self, number: int) -> bytes:
        start, stop = _start_of(number), min(_start_of(number + 1), self._held)
        self._plain.seek(start)
        held = _all_of(self._plain, stop - start)
        nonce = self._stream.nonce(number, is_last=number == self._last)
        sealed = self._stream.aead.encrypt(nonce, held, None)
        return sealed if number else self._stream.head + sealed


class Opened(Segmented):
    """What a kept file holds. Its last segment is read at once: with it, nobody can have cut the file off.

    Raises DamagedFileError, or FilesKeyMissing.
    """

    def __init__(self, kept: IO[bytes], name: str, size: int) -> None:
        kept.seek(0)
        self._kept, self._stream = kept, stream_of(_all_of(kept, HEAD, short=True), name)
        super().__init__(held_size(size))
        self._last = segments_of(self.size) - 1
        self._segment, self._number = self.make(self._last), self._last

    def place_of(self, at: int) -> tuple[int, int]:
        number = (at + INNER) // HELD
        return number, at - _start_of(number)

    def make(self, number: int) -> bytes:
        length = min(_start_of(number + 1), self.size) - _start_of(number) + TAG
        self._kept.seek(FRONT + number * SEGMENT if number else HEAD)
        nonce = self._stream.nonce(number, is_last=number == self._last)
        try:
            return self._stream.aead.decrypt(nonce, _all_of(self._kept, length), None)
        except InvalidTag as error:
            raise DamagedFileError(f"Segment {number} is not as it was written") from error

    def close(self) -> None:
        self._kept.close()
        super().close()


def _all_of(file: IO[bytes], length: int, *, short: bool = False) -> bytes:
    """So many bytes, however few come at a time. Raises DamagedFileError where there are fewer."""
    pieces: list[bytes] = []
    while length > 0 and (piece := file.read(length)):
        pieces.append(piece)
        length -= len(piece)
    if length and not short:
        raise DamagedFileError("The file ends before its time")
    return b"".join(pieces)
