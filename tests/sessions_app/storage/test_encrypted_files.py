"""Files and recordings with FILES_KEY set: what people get is the same, and nothing of it lies readable on the disk."""

import logging
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from sessions_app.actions.files.release import release_file
from sessions_app.actions.recordings.finalize import finalize_recording
from sessions_app.actions.retention.delete_files import delete_file
from sessions_app.models import Recording
from sessions_app.storage import upload_store
from sessions_app.storage.upload_store import clear_all_work
from supportcenter.jobs.models import Job
from supportcenter.jobs.workers.runner import run_due
from supportcenter.refusals.file_unreadable import FilesKeyMissing, FileUnreadable
from supportcenter.sealed_files import stream
from supportcenter.sealed_files.stream import HELD, INNER, SEGMENT
from tests.factories import sent_file
from tests.full_disk.small_disk import MIB, small_disk
from tests.sessions_app.actions.recordings.conftest import finished, recording, webm  # noqa: F401
from tests.sessions_app.recordings import probed, send, send_in_pieces
from tests.sessions_app.sending import WHOLE, fresh, is_left_on_disk, sending, sent, upload
from tests.sessions_app.storage.test_virus_scanner import scanner  # noqa: F401
from tests.sessions_app.storing import leave_no_space, leave_space

KEY, OTHER = bytes(range(32)), bytes(range(100, 132))
LONG = bytes(range(251)) * 800
FIRST = HELD - INNER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]


@pytest.fixture(autouse=True)
def key(settings):
    settings.FILES_KEYS = [KEY]


@pytest.fixture
def file(session, carol):
    return sent_file(session, carol, "a.bin", LONG)


@pytest.fixture
def browser(client, amal):
    client.force_login(amal)
    return client


def downloaded(client, file, **headers):
    answer = client.get(reverse("download_file", args=[file.session.key, file.pk]), headers=headers)
    return answer.status_code, answer.getvalue()


def on_disk(folder):
    return b"".join(path.read_bytes() for path in Path(folder).rglob("*") if path.is_file())


def path_of(file):
    return Path(default_storage.path(file.file.name))


@contextmanager
def told(caplog):
    lines = []
    with caplog.at_level(logging.WARNING, "supportcenter.security"):
        yield lines
    lines += [each.getMessage() for each in caplog.records if each.name == "supportcenter.security"]


# ---- As it should be ---------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_upload_is_encrypted_on_its_way_and_kept_so(session, carol, browser, disk):
    (transfer,) = sending(session, carol)
    upload(transfer)
    assert is_left_on_disk(transfer)
    assert WHOLE[:200] not in on_disk(disk)

    sent(session, transfer)
    run_due()

    assert fresh(transfer).state == "done"
    assert not is_left_on_disk(transfer)
    assert WHOLE[:200] not in on_disk(disk)
    assert (fresh(transfer).file.size, fresh(transfer).size) == (len(WHOLE), len(WHOLE))
    assert downloaded(browser, fresh(transfer)) == (200, WHOLE)


@pytest.mark.parametrize("start", [0, 1, FIRST - 1, FIRST, FIRST + 1, FIRST + HELD - 1, FIRST + HELD])
def test_range_is_read_across_segments(file, browser, start):
    last = start + SEGMENT + 10
    status, body = downloaded(browser, file, range=f"bytes={start}-{last}")
    assert (status, body) == (206, LONG[start : last + 1])
    assert downloaded(browser, file, range="bytes=-10") == (206, LONG[-10:])
    assert downloaded(browser, file, range=f"bytes={len(LONG)}-")[0] == 416


def test_picture_is_shown(session, carol, browser):
    shown = sent_file(session, carol, "a.png", b"a picture" * 1000, content_type="image/png")
    answer = browser.get(reverse("file_picture", args=[session.key, shown.pk]))
    assert (answer.status_code, answer.getvalue()) == (200, b"a picture" * 1000)
    assert answer["Content-Length"] == "9000"


@pytest.mark.slow
def test_recording_becomes_a_film_and_plain_copies_are_gone(session, browser, disk, recording, finished, webm):  # noqa: F811
    whole = webm(2)
    send_in_pieces(recording, whole)
    send_in_pieces(recording, webm(2), name="second")
    assert whole[:100] not in on_disk(disk)
    finished()

    assert (recording.state, recording.is_raw) == (Recording.State.READY, False)
    assert not upload_store.path_of(recording.parts).exists()
    answer = browser.get(reverse("recording", args=[session.key, recording.pk]))
    film = answer.getvalue()
    assert (len(film), film[:4]) == (recording.size, b"\x1aE\xdf\xa3")
    assert film[:100] not in on_disk(disk)
    played = disk / "played.webm"
    played.write_bytes(film)
    assert abs(probed(played)[0] - 4) < 0.5


def test_recording_without_ffmpeg_is_kept_as_it_was_sent(session, recording, finished, settings, disk):  # noqa: F811
    settings.FFMPEG = "no-such-program"
    for number, piece in enumerate([b"no film ", b"at all"]):
        send(recording, piece, number=number)
    finished()
    assert (recording.state, recording.is_raw, recording.file.read()) == ("ready", True, b"no film at all")
    assert b"no film at all" not in on_disk(disk)


def test_scanner_sees_what_was_sent(session, carol, settings, scanner):  # noqa: F811
    settings.CLAMD_URL, scanner.answer = scanner.url, b"stream: OK\0"
    (transfer,) = sending(session, carol)
    upload(transfer)
    sent(session, transfer)
    run_due()
    assert (fresh(transfer).state, scanner.seen) == ("done", WHOLE)


def test_what_was_kept_before_is_read_as_before(session, carol, browser, settings):
    settings.FILES_KEYS = []
    before = sent_file(session, carol, "a.bin", LONG)
    assert path_of(before).read_bytes() == LONG
    settings.FILES_KEYS = [KEY]
    assert downloaded(browser, before) == (200, LONG)


@pytest.mark.django_db(transaction=True)
def test_upload_that_began_before_the_key_is_kept_encrypted(session, carol, settings, disk):
    settings.FILES_KEYS = []
    (transfer,) = sending(session, carol)
    upload(transfer, upto=1)
    settings.FILES_KEYS = [KEY]
    upload(transfer)
    sent(session, transfer)
    run_due()
    assert (fresh(transfer).state, fresh(transfer).file.read()) == ("done", WHOLE)
    assert WHOLE[:200] not in on_disk(disk)


def test_without_a_key_a_file_that_begins_as_ours_is_a_file_like_any(session, carol, browser, settings):
    settings.FILES_KEYS = []
    odd = stream.MAGIC + b"from somebody who has read the documents"
    assert downloaded(browser, sent_file(session, carol, "odd", odd)) == (200, odd)


# ---- Damaged, exchanged, locked -------------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [1, 16, SEGMENT, len(LONG)])
def test_file_that_was_cut_off_is_refused_in_words_and_told(file, browser, caplog, cut):
    path_of(file).write_bytes(path_of(file).read_bytes()[:-cut])
    with told(caplog) as lines:
        address = reverse("download_file", args=[file.session.key, file.pk])
        answer = browser.get(address, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "file_unreadable")
    assert "This file is damaged" in browser.get(address).content.decode()
    assert [line for line in lines if line.startswith(f'file_unreadable file="{file.file.name}"')] == lines[:1]


def test_file_in_the_place_of_another_is_refused(session, carol, file, browser):
    other = sent_file(session, carol, "b.bin", b"for someone else")
    path_of(file).write_bytes(path_of(other).read_bytes())
    assert downloaded(browser, file)[0] == 500


def test_what_is_changed_in_its_middle_is_never_sent(file, browser, caplog):
    """The answer has begun, so it breaks off there, before what was changed."""
    kept = bytearray(path_of(file).read_bytes())
    kept[2 * SEGMENT + 1000] ^= 1
    path_of(file).write_bytes(kept)
    pieces = browser.get(reverse("download_file", args=[file.session.key, file.pk])).streaming_content
    with told(caplog) as lines:
        came = next(pieces)
        with pytest.raises(OSError, match="Segment 2 is not as it was written"):
            list(pieces)
    assert came == LONG[:SEGMENT]
    assert [line.split()[0] for line in lines] == ["file_opened", "file_unreadable"]


def test_without_its_key_it_waits(file, browser, settings, caplog):
    settings.FILES_KEYS = [OTHER]
    with told(caplog) as lines:
        answer = browser.get(
            reverse("download_file", args=[file.session.key, file.pk]), headers={"accept": "application/json"}
        )
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "files_key_missing")
    assert "FILES_KEY does not have its key" in lines[0]
    settings.FILES_KEYS = [OTHER, KEY]
    assert downloaded(browser, file) == (200, LONG)


def test_upload_without_its_key_waits_however_long(session, carol, settings, clock):
    (transfer,) = sending(session, carol)
    upload(transfer)
    settings.FILES_KEYS = []
    # Its digests are locked as well, so the sender is told to ask again.
    with pytest.raises(FilesKeyMissing):
        sent(session, transfer)
    settings.FILES_KEYS = [KEY]
    sent(session, transfer)
    settings.FILES_KEYS = []
    for _ in range(12):
        clock.forward(minutes=30)
    assert (fresh(transfer).state, Job.objects.get(kind="sessions.keep_file").failed_at) == ("checking", None)
    settings.FILES_KEYS = [KEY]
    clock.forward(minutes=1)
    assert (fresh(transfer).state, fresh(transfer).file.read()) == ("done", WHOLE)


def test_upload_that_was_changed_is_not_handed_over(session, carol, settings):
    (transfer,) = sending(session, carol)
    upload(transfer)
    sent(session, transfer)
    path = upload_store.sealed_path(f"{transfer.parts}/data")
    changed = bytearray(path.read_bytes())
    changed[5000] ^= 1
    path.write_bytes(changed)
    release_file(fresh(transfer))
    assert (fresh(transfer).state, fresh(transfer).stop_reason) == ("stopped", "failed")
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_recording_is_made_of_the_pieces_that_are_undamaged(recording, settings, clock):  # noqa: F811
    settings.FFMPEG = "no-such-program"
    send(recording, b"one", name="first")
    send(recording, b"two", name="second")
    path = upload_store.sealed_path(recording.segments.get(name="first").part)
    path.write_bytes(path.read_bytes()[:-1])
    Recording.objects.filter(pk=recording.pk).update(state="finishing", tries=6)
    recording.refresh_from_db()
    with pytest.raises(OSError, match="Piece 0"):
        finalize_recording(recording)
    recording.refresh_from_db()
    finalize_recording(recording)
    recording.refresh_from_db()
    assert (recording.state, recording.file.read()) == ("ready", b"two")


# ---- Plain copies, and disks without room ------------------------------------------------------------------------


def test_plain_copies_of_a_process_that_was_killed_are_deleted_at_the_start(recording):  # noqa: F811
    send(recording, b"a piece")
    left = upload_store.path_of(recording.parts) / "work-killed"
    left.mkdir()
    left.joinpath("plain-0").write_bytes(b"a piece")
    with upload_store.held(recording.parts):
        clear_all_work()
        assert left.exists()
    clear_all_work()
    assert not left.exists()
    assert upload_store.exists(recording.segments.get().part)


def test_upload_waits_for_room_to_be_encrypted(session, carol, clock):
    (transfer,) = sending(session, carol)
    upload(transfer)
    sent(session, transfer)
    leave_no_space()
    clock.forward(minutes=30)
    assert (fresh(transfer).state, Job.objects.get(kind="sessions.keep_file").failed_at) == ("checking", None)
    leave_space()
    clock.forward(minutes=1)
    assert fresh(transfer).state == "done"


def test_full_disk_loses_nothing(session, carol, settings, tmp_path, clock):
    leave_space()
    folder = tmp_path / "small"
    folder.mkdir()
    with small_disk(folder, 8) as small:
        settings.PARTS_DIR, settings.MEDIA_ROOT = folder / "parts", folder / "media"
        (transfer,) = sending(session, carol)
        upload(transfer)
        sent(session, transfer)
        small.fill(leave=MIB // 2)
        for _ in range(12):
            clock.forward(seconds=60)
        assert (fresh(transfer).state, Job.objects.get(kind="sessions.keep_file").failed_at) == ("checking", None)
        small.make_room()
        clock.forward(seconds=60)
        assert (fresh(transfer).state, fresh(transfer).file.read()) == ("done", WHOLE)
        assert len([path for path in (folder / "media").rglob("*") if path.is_file()]) == 1


def test_full_disk_leaves_no_half_head_of_an_upload(settings, tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    with small_disk(folder, 1) as small:
        settings.PARTS_DIR = folder / "parts"
        (folder / "parts" / "files" / "7").mkdir(parents=True)
        small.fill()
        with pytest.raises(OSError, match="No space left"):
            upload_store.write_at("files/7/data", 0, b"one", before=0)
        assert not upload_store.exists("files/7/data")
        small.make_room()
        upload_store.write_at("files/7/data", 0, b"one", before=0)
        with upload_store.opened("files/7/data", 3) as file:
            assert file.read() == b"one"


def test_deleted_file_is_gone(file):
    path = path_of(file)
    delete_file(file)
    assert not path.exists()


def test_name_that_is_taken_meanwhile_keeps_what_is_there():
    """A name belongs to what is encrypted, so it cannot be kept under another."""
    first = default_storage.save("files/name", ContentFile(b"first"))
    with pytest.raises(FileExistsError):
        default_storage._save(first, ContentFile(b"second"))
    assert default_storage.open(first).read() == b"first"
    assert default_storage.listdir("files") == ([], ["name"])


def test_unreadable_file_is_closed_at_once(file):
    path_of(file).write_bytes(path_of(file).read_bytes()[:-1])
    with pytest.raises(FileUnreadable):
        file.file.open("rb")
