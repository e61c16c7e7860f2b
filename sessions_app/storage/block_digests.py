"""How a file is checked on its way: in blocks, each with its SHA-256. Pure; `static/js/files/blocks.js` does the same.

The digest of a file is the SHA-256 over those of its blocks, one after the other. A browser can compute it block by
block with what it has, and a transfer that goes on after an interruption need not read again what has arrived.
"""

import hashlib

BLOCK = 1024 * 1024
# Blocks that one request brings at most.
MOST_AT_ONCE = 16
DIGEST_BYTES = hashlib.sha256().digest_size


def length_at(size, offset):
    """How long the block at `offset` of a file of `size` bytes is; 0 where none begins."""
    return min(BLOCK, size - offset) if offset % BLOCK == 0 and 0 <= offset < size else 0


def blocks_in(data):
    """The blocks that `data` holds, the last of them perhaps a short one."""
    return [data[start : start + BLOCK] for start in range(0, len(data), BLOCK)]


def digest_of_block(data):
    return hashlib.sha256(data).hexdigest()


def digest_of_blocks(digests):
    """`digests`: those of all blocks in order, as bytes."""
    return hashlib.sha256(digests).hexdigest()


def digest_of_file(file):
    """Of an open file: what a transfer of it would say."""
    digests = hashlib.sha256()
    while data := file.read(BLOCK):
        digests.update(hashlib.sha256(data).digest())
    return digests.hexdigest()
