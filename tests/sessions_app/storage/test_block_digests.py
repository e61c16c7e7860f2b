"""The digest of a file, block by block; `tests/js/files/blocks.test.js` expects the same figures."""

import hashlib
from io import BytesIO

import pytest

from sessions_app.storage.block_digests import BLOCK, digest_of_block, digest_of_blocks, digest_of_file, length_at


def test_digest_of_a_file_is_that_of_its_blocks_digests():
    whole = bytes(range(256)) * 4096 + b"and a bit"
    digests = [hashlib.sha256(whole[start : start + BLOCK]).digest() for start in (0, BLOCK)]

    assert digest_of_file(BytesIO(whole)) == digest_of_blocks(b"".join(digests))
    assert digest_of_block(whole[BLOCK:]) == digests[1].hex()


def test_digest_is_what_browsers_compute():
    whole = bytes(number * 7 % 251 for number in range(BLOCK + 1000))
    assert digest_of_file(BytesIO(whole)) == "240e670f38ee181737f66e5e6d125c414594257f702e08b35c85e26737b93b34"


@pytest.mark.parametrize(
    ("size", "offset", "length"),
    [
        (10, 0, 10),
        (BLOCK, 0, BLOCK),
        (BLOCK + 3, BLOCK, 3),
        (BLOCK + 3, BLOCK + 3, 0),
        (BLOCK + 3, 5, 0),
        (10, BLOCK, 0),
        (10, -BLOCK, 0),
    ],
)
def test_where_blocks_begin_and_how_long_they_are(size, offset, length):
    assert length_at(size, offset) == length
