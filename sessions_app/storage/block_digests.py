"""How a file is verified in transit: in blocks, each with its SHA-256. Pure; `static/js/files/blocks.js` does the same.

The digest of a file is the SHA-256 of its blocks' digests, concatenated. A browser can compute it block by block with
the functions that it has, and a transfer that resumes need not read again what was received.
"""

import hashlib
from typing import BinaryIO

BLOCK = 1024 * 1024
# The most blocks in one request.
MOST_AT_ONCE = 16
DIGEST_BYTES = hashlib.sha256().digest_size


def length_at(size: int, offset: int) -> int:
    """How many bytes the block at `offset` of a file of `size` bytes has; 0 where no block begins."""
    return min(BLOCK, size - offset) if offset % BLOCK == 0 and 0 <= offset < size else 0


def blocks_of(size: int) -> int:
    """How many blocks a file of `size` bytes has."""
    return -(-size // BLOCK)


def blocks_in(data: bytes) -> list[bytes]:
    """`data` cut into blocks, of which the last may be shorter."""
    return [data[start : start + BLOCK] for start in range(0, len(data), BLOCK)]


def digest_of_block(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def digest_of_blocks(digests: bytes) -> str:
    """A file's digest in hexadecimal; `digests` are those of its blocks in order, as bytes."""
    return hashlib.sha256(digests).hexdigest()


def digest_of_file(file: BinaryIO) -> str:
    """An open file's digest in hexadecimal, read to its end."""
    digests = hashlib.sha256()
    while data := file.read(BLOCK):
        digests.update(hashlib.sha256(data).digest())
    return digests.hexdigest()
