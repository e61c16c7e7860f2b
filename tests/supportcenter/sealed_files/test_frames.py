"""Uploads on their way, encrypted piece by piece."""

import io
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.storage import upload_store
from supportcenter.files_keys import key_of
from supportcenter.refusals.file_unreadable import FilesKeyMissing
from supportcenter.sealed_files import frames
from supportcenter.sealed_files.segmented import DamagedFileError

SECRET, OTHER = bytes(range(32)), bytes(range(100, 132))
NAME = "recordings/7/0"
PIECES = [b"one", b"two and", b"three" * 1000]
WHOLE = b"".join(PIECES)
LENGTH = len(WHOLE)

pytestmark = pytest.mark.usefixtures("disk")


@pytest.fixture(autouse=True)
def known(settings):
    settings.FILES_KEYS = [SECRET]


def write(*pieces, name=NAME):
    offset = 0
    for before, piece in enumerate(pieces):
        upload_store.write_at(name, offset, piece, before=before)
        offset += len(piece)


def read(size=LENGTH, name=NAME):
    with upload_store.opened(name, size) as file:
        return file.read()


def test_pieces_come_back_and_are_not_on_the_disk():
    write(*PIECES)
    kept = upload_store.sealed_path(NAME).read_bytes()
    assert (read(), len(kept)) == (WHOLE, frames.kept_size(len(WHOLE), 3))
    assert not any(piece in kept for piece in PIECES)
    assert not upload_store.path_of(NAME).exists()


def test_piece_that_is_written_again_counts_once():
    """The transaction of the first did not commit, and it was longer."""
    upload_store.write_at(NAME, 0, b"one", before=0)
    upload_store.write_at(NAME, 3, b"never acknowledged, and longer", before=1)
    upload_store.write_at(NAME, 3, b"two", before=1)
    assert read(6) == b"onetwo"
    assert read(3) == b"one"


def test_several_pieces_at_once():
    upload_store.write_at(NAME, 0, *PIECES, before=0)
    assert read() == WHOLE


@given(st.integers(0, len(WHOLE)), st.integers(0, 6000))
def test_any_range(start, length):
    file = io.BufferedReader(frames.Pieces(io.BytesIO(kept_pieces()), NAME, len(WHOLE)))
    file.seek(start)
    assert file.read(length) == WHOLE[start : start + length]


@cache
def kept_pieces():
    head = frames.new_head(key_of(SECRET))
    places = [0, 3, 10]
    return head + b"".join(frames.frame_of(head, NAME, *each) for each in zip(places, PIECES, strict=True))


@given(st.data())
def test_no_byte_can_be_changed_unseen(data):
    place = data.draw(st.integers(0, len(kept_pieces()) - 1))
    changed = bytearray(kept_pieces())
    changed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises((DamagedFileError, FilesKeyMissing)):
        io.BufferedReader(frames.Pieces(io.BytesIO(bytes(changed)), NAME, len(WHOLE))).read()


def test_upload_that_is_cut_off_is_seen():
    write(*PIECES)
    path = upload_store.sealed_path(NAME)
    path.write_bytes(path.read_bytes()[:-6000])
    with pytest.raises(DamagedFileError):
        read()


def test_upload_in_the_place_of_another_is_seen():
    write(*PIECES)
    target = upload_store.sealed_path("recordings/8/0")
    target.parent.mkdir(parents=True)
    upload_store.sealed_path(NAME).rename(target)
    with pytest.raises(DamagedFileError):
        read(name="recordings/8/0")


def test_upload_goes_on_as_it_began(settings):
    settings.FILES_KEYS = []
    write(b"one")
    settings.FILES_KEYS = [SECRET]
    upload_store.write_at(NAME, 3, b"two", before=1)
    assert upload_store.path_of(NAME).read_bytes() == b"onetwo"

    write(b"one", name="recordings/8/0")
    settings.FILES_KEYS = [OTHER, SECRET]
    upload_store.write_at("recordings/8/0", 3, b"two", before=1)
    settings.FILES_KEYS = [None, SECRET]
    upload_store.write_at("recordings/8/0", 6, b"three", before=2)
    assert read(11, "recordings/8/0") == b"onetwothree"


def test_upload_without_its_key_waits(settings):
    write(b"one")
    settings.FILES_KEYS = [OTHER]
    with pytest.raises(FilesKeyMissing):
        upload_store.write_at(NAME, 3, b"two", before=1)
    with pytest.raises(FilesKeyMissing):
        read(3)
