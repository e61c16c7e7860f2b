"""The format of encrypted files: what Tink writes, any range of it, and whatever can be done to a file on a disk."""

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportcenter.files_keys import key_of
from supportcenter.refusals.file_unreadable import FilesKeyMissing
from supportcenter.sealed_files import stream
from supportcenter.sealed_files.segmented import DamagedFileError
from supportcenter.sealed_files.stream import FRONT, HEAD, HELD, INNER, SEGMENT, Opened, Sealing, held_size, kept_size

SECRET, OTHER = bytes(range(32)), bytes(range(100, 132))
KEY = key_of(SECRET)
NAME = "files/2026/11/vector"
MARK = "9cc42d732d133bf1"
# Written by Tink 1.16.1: AES256_GCM_HKDF, SHA-256, segments of 64 KiB, no output prefix; its associated data are
# the 17 bytes in front and the name.
SHORT = (
    "28eb348ee47021a20bf12e513996fd12bb6ecb141fad5eddb41b5ff5bafbec4d848a9a811b07bac0056da15ba89c1d6d7ec2c371bec63fbe"
    "c314cb655f869066913131a273e0fc"
)
LONG_HEAD = "28d6400cbdf960df39b19baf490605aa366f7323e2cc84522cf7731e325b016f446fab1dbcbad102"
LONG_DIGEST = "cba868d960219f13dc0a8f9b37fdea8e6982e02f4692dfa568711eb20cf2bf3c"
LONG = bytes(range(256)) * 600
# The first segment ends after this many bytes.
FIRST = HELD - INNER
SIZES = [0, 1, 100, FIRST - 1, FIRST, FIRST + 1, FIRST + HELD, FIRST + HELD + 1, FIRST + 2 * HELD - 1]


@pytest.fixture(autouse=True)
def known(settings):
    settings.FILES_KEYS = [SECRET]


def bytes_of(size):
    return (bytes(range(251)) * (size // 251 + 1))[:size]


def sealed(plain, name=NAME, key=KEY):
    return io.BufferedReader(Sealing(io.BytesIO(plain), name, key)).read()


def opened(kept, name=NAME):
    return io.BufferedReader(Opened(io.BytesIO(kept), name, len(kept)))


def test_what_tink_has_written_is_read():
    front = stream.MAGIC + stream.VERSION + bytes.fromhex(MARK)
    assert opened(front + bytes.fromhex(SHORT)).read() == b"Kept for Carol."


def test_what_is_written_is_what_tink_writes():
    """With the same salt and prefix, byte by byte."""
    front = stream.MAGIC + stream.VERSION + bytes.fromhex(MARK)
    sealing = Sealing(io.BytesIO(LONG), NAME, KEY)
    sealing._stream = stream.stream_of(front + bytes.fromhex(LONG_HEAD), NAME)
    kept = io.BufferedReader(sealing).read()
    assert kept[:FRONT] == front
    assert hashlib.sha256(kept[FRONT:]).hexdigest() == LONG_DIGEST


@pytest.mark.parametrize("size", SIZES)
def test_every_size_comes_back(size):
    plain = bytes_of(size)
    kept = sealed(plain)
    assert (len(kept), held_size(len(kept))) == (kept_size(size), size)
    assert opened(kept).read() == plain
    assert size < 100 or plain[:100] not in kept


def test_two_of_the_same_have_nothing_in_common():
    first, second = sealed(b"a" * 1000), sealed(b"a" * 1000)
    assert first[:FRONT] == second[:FRONT]
    assert first[FRONT + 1 : FRONT + 33] != second[FRONT + 1 : FRONT + 33]
    assert first[HEAD:] != second[HEAD:]


borders = st.sampled_from([0, FIRST, FIRST + HELD, FIRST + 2 * HELD])
near_a_border = st.builds(lambda border, by: max(0, border + by), borders, st.integers(-3, 3))
RANGED = bytes_of(FIRST + HELD + 1000)
RANGED_KEPT = sealed(RANGED, key=key_of(SECRET))


@given(st.lists(st.tuples(near_a_border | st.integers(0, len(RANGED)), st.integers(0, 2 * SEGMENT)), max_size=6))
def test_any_ranges_one_after_another(ranges):
    file = opened(RANGED_KEPT)
    for start, length in ranges:
        file.seek(start)
        assert file.read(length) == RANGED[start : start + length]


@given(st.lists(st.tuples(st.integers(0, len(RANGED_KEPT)), st.integers(0, 2 * SEGMENT)), max_size=6))
def test_what_is_kept_can_be_read_twice_from_any_place(ranges):
    """As object storage does that sends it again."""
    kept = io.BufferedReader(Sealing(io.BytesIO(RANGED), NAME, KEY))
    first = kept.read()
    for start, length in ranges:
        kept.seek(start)
        assert kept.read(length) == first[start : start + length]


@given(st.integers(0, len(RANGED_KEPT) - 1), st.integers(1, 255))
def test_no_byte_can_be_changed_unseen(place, by):
    changed = bytearray(RANGED_KEPT)
    changed[place] ^= by
    # Of the first eight, the file is taken for one that is not encrypted: that is the storage's to say.
    if place >= len(stream.MAGIC):
        with pytest.raises((DamagedFileError, FilesKeyMissing)):
            opened(bytes(changed)).read()


@pytest.mark.parametrize("cut", [1, 15, 16, 17, 1000, 1016, 1017, 1000 + SEGMENT, 1016 + SEGMENT])
def test_file_that_is_cut_off_is_not_opened(cut):
    with pytest.raises(DamagedFileError):
        opened(RANGED_KEPT[:-cut])


@pytest.mark.parametrize("length", [0, 5, FRONT, HEAD - 1, HEAD, HEAD + 15])
def test_file_of_which_little_is_left_is_not_opened(length):
    with pytest.raises(DamagedFileError):
        opened(RANGED_KEPT[:length])


def test_what_is_put_behind_it_is_seen():
    with pytest.raises(DamagedFileError):
        opened(RANGED_KEPT + b"more")


def test_segments_cannot_change_places():
    plain = bytes_of(FIRST + 2 * HELD + 10)
    kept = sealed(plain)
    one, two, three = (FRONT + number * SEGMENT for number in (1, 2, 3))
    turned = kept[:one] + kept[two:three] + kept[one:two] + kept[three:]
    file = opened(turned)
    assert file.read(FIRST) == plain[:FIRST]
    with pytest.raises(DamagedFileError):
        file.read(1)


def test_segment_of_another_file_is_seen():
    mine, other = sealed(LONG), sealed(LONG)
    mixed = mine[: FRONT + SEGMENT] + other[FRONT + SEGMENT :]
    with pytest.raises(DamagedFileError):
        opened(mixed)


def test_another_file_in_its_place_is_seen():
    with pytest.raises(DamagedFileError):
        opened(sealed(b"for Amal", name="files/2026/11/other"))


def test_with_several_keys_each_file_is_read_with_its_own(settings):
    earlier = sealed(b"earlier")
    settings.FILES_KEYS = [OTHER, SECRET]
    assert opened(earlier).read() == b"earlier"
    assert opened(sealed(b"now", key=key_of(OTHER))).read() == b"now"


def test_without_its_key_it_is_not_damaged_but_locked(settings):
    kept = sealed(b"locked")
    settings.FILES_KEYS = [OTHER]
    with pytest.raises(FilesKeyMissing):
        opened(kept)


def test_newer_form_is_not_taken_for_this_one():
    kept = bytearray(sealed(b"newer"))
    kept[len(stream.MAGIC)] = 2
    with pytest.raises(DamagedFileError, match="newer release"):
        opened(bytes(kept))
