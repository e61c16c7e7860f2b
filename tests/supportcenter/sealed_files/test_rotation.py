"""`manage.py rotate_files_key` and what `manage.py doctor` says, on a disk; object storage has tests of its own."""

import threading
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from sessions_app.actions.retention.delete_files import delete_file
from supportcenter.doctor import Level
from supportcenter.files_keys import key_of, newest_key
from supportcenter.management.files_key_check import files_key
from supportcenter.management.kept_files import one_rotation, tally, write_all_again
from supportcenter.sealed_files import storages
from tests.factories import sent_file
from tests.full_disk.small_disk import MIB, small_disk
from tests.sessions_app.recordings import running, send
from tests.sessions_app.sending import sending, upload

FIRST, SECOND, LOST = bytes(range(32)), bytes(range(100, 132)), bytes(range(50, 82))
WHOLE = bytes(range(251)) * 800

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]


def rotate(*arguments):
    out, err = StringIO(), StringIO()
    call_command("rotate_files_key", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refusal(*arguments):
    with pytest.raises(CommandError) as refused:
        rotate(*arguments)
    return str(refused.value)


def silent(name):
    pass


@pytest.fixture
def plain(session, carol):
    return sent_file(session, carol, "plain.bin", WHOLE)


@pytest.fixture
def first(session, carol, plain, settings):
    settings.FILES_KEYS = [FIRST]
    return sent_file(session, carol, "first.bin", WHOLE + b"1")


def mark_of(file):
    return default_storage.mark_of(file.file.name)


def test_everything_gets_the_newest_key(plain, first, settings):
    settings.FILES_KEYS = [SECOND, FIRST]
    newest = key_of(SECOND).mark
    said, _ = rotate()
    assert said.splitlines() == [
        "Written again: 2.",
        f"2 kept with the newest key {newest.hex()}",
        "Nothing needs an older key: those can be taken out of FILES_KEY.",
    ]
    assert (mark_of(plain), mark_of(first)) == (newest, newest)
    settings.FILES_KEYS = [SECOND]
    assert (plain.file.read(), first.file.read()) == (WHOLE, WHOLE + b"1")


def test_second_run_has_nothing_to_do(plain, first):
    rotate()
    before = Path(plain.file.path).read_bytes()
    assert rotate()[0].splitlines()[0] == "Written again: 0."
    assert Path(plain.file.path).read_bytes() == before


def test_check_only_counts(plain, first, session, carol, clock, settings):
    settings.FILES_KEYS = []
    (transfer,) = sending(session, carol)
    upload(transfer, upto=1)
    settings.FILES_KEYS = [FIRST]
    send(running(session, clock), b"the first piece")
    settings.FILES_KEYS = [SECOND, FIRST]
    before = Path(plain.file.path).read_bytes()
    assert rotate("--check")[0].splitlines() == [
        "1 kept not encrypted",
        f"1 kept with the key {key_of(FIRST).mark.hex()}",
        "2 on their way not encrypted",
        f"1 on their way with the key {key_of(FIRST).mark.hex()}",
        "Older keys are still needed. What is on its way goes on as it began.",
    ]
    assert Path(plain.file.path).read_bytes() == before


def test_all_is_decrypted_again(plain, first, settings):
    assert "put none in front" in refusal("--decrypt")
    settings.FILES_KEYS = [None, FIRST]
    assert "no key to encrypt with" in refusal()
    rotate("--decrypt")
    settings.FILES_KEYS = []
    assert Path(first.file.path).read_bytes() == WHOLE + b"1"
    assert Path(plain.file.path).read_bytes() == WHOLE


def test_file_without_its_key_and_one_that_is_damaged_are_left_as_they_are(plain, first, session, carol, settings):
    damaged = sent_file(session, carol, "damaged.bin", WHOLE)
    changed = bytearray(Path(damaged.file.path).read_bytes())
    changed[80_000] ^= 1
    Path(damaged.file.path).write_bytes(changed)
    settings.FILES_KEYS = [LOST]
    lost = sent_file(session, carol, "lost.bin", WHOLE)
    settings.FILES_KEYS = [SECOND, FIRST]
    done = write_all_again(newest_key(), silent)
    assert (done.count, done.unreadable) == (2, [damaged.file.name, lost.file.name])
    assert Path(damaged.file.path).read_bytes() == changed
    assert refusal() == "2 could not be read."
    settings.FILES_KEYS = [LOST]
    assert lost.file.read() == WHOLE


def test_reader_keeps_what_it_has_begun_to_read(first, settings):
    settings.FILES_KEYS = [SECOND, FIRST]
    with default_storage.open(first.file.name) as reader:
        begun = reader.read(10)
        rotate()
        assert begun + reader.read() == WHOLE + b"1"


def test_file_that_is_deleted_meanwhile_does_not_come_back(plain, first, settings, monkeypatch):
    """After its new version has been written, and before that takes its place."""
    settings.FILES_KEYS = [SECOND, FIRST]
    save = storages.SealedOnDisk.save_as_kept

    def saved_and_deleted(storage, name, content):
        saved = save(storage, name, content)
        delete_file(plain)
        return saved

    monkeypatch.setattr(storages.SealedOnDisk, "save_as_kept", saved_and_deleted)
    assert write_all_again(newest_key(), silent).count == 1
    assert [path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == ["first.bin"]


def test_deletion_waits_while_a_file_takes_its_place(first):
    deleting = threading.Thread(target=default_storage.delete, args=[first.file.name])
    with storages._replacing():
        deleting.start()
        assert default_storage.exists(first.file.name)
    deleting.join()
    assert not default_storage.exists(first.file.name)


def test_run_that_broke_off_leaves_every_file_and_the_next_goes_on(plain, first, settings, monkeypatch):
    settings.FILES_KEYS = [SECOND, FIRST]
    place = storages.SealedOnDisk._put_in_place

    def killed(storage, draft, name):
        raise KeyboardInterrupt

    monkeypatch.setattr(storages.SealedOnDisk, "_put_in_place", killed)
    with pytest.raises(KeyboardInterrupt):
        write_all_again(newest_key(), silent)
    assert (plain.file.read(), first.file.read()) == (WHOLE, WHOLE + b"1")
    assert len(default_storage.listdir("rotating")[1]) == 1
    monkeypatch.setattr(storages.SealedOnDisk, "_put_in_place", place)
    assert write_all_again(newest_key(), silent).count == 2
    assert default_storage.listdir("rotating") == ([], [])


def test_full_disk_ends_it_with_a_sentence_and_every_file_is_there(session, carol, settings, tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    with small_disk(folder, 4) as small:
        settings.PARTS_DIR, settings.MEDIA_ROOT = folder / "parts", folder / "media"
        file = sent_file(session, carol, "a.bin", bytes(MIB))
        settings.FILES_KEYS = [FIRST]
        small.fill(leave=MIB // 2)
        assert refusal().startswith("The disk is full. Make room, and run this again")
        assert file.file.read() == bytes(MIB)
        file.file.close()
        small.make_room()
        rotate()
        assert (mark_of(file), default_storage.listdir("rotating")) == (key_of(FIRST).mark, ([], []))


def test_two_runs_do_not_write_the_same(plain, first):
    with one_rotation():
        assert refusal() == "It is being run already."


# ---- Doctor ------------------------------------------------------------------------------------------------------


def test_doctor_without_a_key(plain):
    assert [(finding.level, finding.words) for finding in files_key()] == [
        (Level.OK, "FILES_KEY is not set, so new files and recordings are not encrypted")
    ]


def test_doctor_counts_by_key(plain, first, settings):
    settings.FILES_KEYS = [SECOND, FIRST]
    levels, words, todo = zip(*files_key(), strict=True)
    assert levels == (Level.OK, Level.WARN, Level.WARN)
    assert words[0].endswith(": 0")
    assert words[1:] == ("with an older key: 1", "not encrypted: 1")
    assert "manage.py rotate_files_key" in todo[1]
    rotate()
    assert [finding.level for finding in files_key()] == [Level.OK]


@pytest.mark.parametrize("keys", [[], [SECOND]])
def test_doctor_misses_a_key(first, settings, keys):
    settings.FILES_KEYS = keys
    missing = [finding for finding in files_key() if finding.level is Level.FAIL]
    assert [finding.words.endswith(": 1") for finding in missing] == [True]
    assert key_of(FIRST).mark.hex() in missing[0].words


def test_tally_looks_at_no_more_than_it_is_asked_to(plain, first):
    assert tally(1).kept.total() == 1
