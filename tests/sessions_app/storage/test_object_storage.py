"""Files and recordings in an object storage: the real library, a server that speaks S3, and HTTP between them."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from sessions_app.actions.activities.activities import stop_activity
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.retention.delete_files import delete_file
from sessions_app.actions.retention.retention import remove_what_is_due
from sessions_app.health import file_storage
from sessions_app.models import FileTransfer, Recording
from sessions_app.storage import upload_store
from supportcenter.accounts.models import SitePolicy
from supportcenter.doctor import Level
from supportcenter.files_keys import key_of, newest_key
from supportcenter.jobs.models import Job
from supportcenter.jobs.workers.runner import run_due
from supportcenter.management.kept_files import write_all_again
from supportcenter.storage_url import storage_of
from tests.browser.wire import Wire
from tests.environment import ROOT, site_environment
from tests.factories import sent_file
from tests.object_store import ObjectStore
from tests.sessions_app.actions.recordings.conftest import webm  # noqa: F401
from tests.sessions_app.recordings import running, send_in_pieces
from tests.sessions_app.sending import WHOLE as SENT
from tests.sessions_app.sending import fresh, is_left_on_disk, sending, sent, upload

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("disk")]
WHOLE = bytes(range(256)) * 20
MIB = 1024 * 1024
KEY, OTHER = bytes(range(32)), bytes(range(100, 132))


@pytest.fixture(scope="module")
def server():
    with ObjectStore() as server:
        yield server


@pytest.fixture
def store(server, settings):
    """The site's files are there, and nowhere else."""
    settings.STORAGES = {**settings.STORAGES, "default": storage_of(server.url)}
    yield server
    for key in server.keys:
        default_storage.delete(key.removeprefix("site/"))


@pytest.fixture
def own_store(settings):
    """A server that a test may stop."""
    with ObjectStore() as server:
        settings.STORAGES = {**settings.STORAGES, "default": storage_of(server.url)}
        yield server


@pytest.fixture
def file(session, carol):
    return sent_file(session, carol, "a.bin", WHOLE)


@pytest.fixture
def browser(client, amal):
    client.force_login(amal)
    return client


def address(file):
    return reverse("download_file", args=[file.session.key, file.pk])


def downloaded(client, file, **headers):
    answer = client.get(address(file), headers=headers)
    return answer.status_code, answer.getvalue()


# ---- As it should be ---------------------------------------------------------------------------------------------


def test_file_is_kept_there_and_read_from_any_place_on(store, session, browser, file, settings):
    assert store.keys == [f"site/{file.file.name}"]
    assert not Path(settings.MEDIA_ROOT).exists()
    assert downloaded(browser, file) == (200, WHOLE)
    assert downloaded(browser, file, range="bytes=1000-1999") == (206, WHOLE[1000:2000])
    assert downloaded(browser, file, range="bytes=-10") == (206, WHOLE[-10:])
    assert downloaded(browser, file, range=f"bytes={len(WHOLE)}-")[0] == 416
    assert browser.head(address(file)).headers["Content-Length"] == str(len(WHOLE))


def test_upload_goes_there_and_leaves_nothing_here(store, session, carol):
    (transfer,) = sending(session, carol)
    upload(transfer)
    sent(session, transfer)
    run_due()

    transfer = fresh(transfer)
    assert (transfer.state, transfer.file.read()) == ("done", SENT)
    assert store.keys == [f"site/{transfer.file.name}"]
    run_due()
    assert not is_left_on_disk(transfer)


def test_nobody_else_is_let_through_to_it(store, file, client, eve):
    client.force_login(eve)
    assert client.get(address(file)).status_code == 404
    with pytest.raises(NotImplementedError):
        _ = file.file.url
    with pytest.raises(HTTPError, match="403"):
        store.ask("GET", f"/support/site/{file.file.name}")


def test_what_was_deleted_is_gone_there(store, file, browser):
    delete_file(file)
    assert store.keys == []
    assert FileTransfer.objects.get().file.name == ""
    assert downloaded(browser, file)[0] == 404


def test_retention_deletes_there(store, session, file, clock):
    SitePolicy.objects.update(file_days=1)
    end_session(session, by=session.primary)
    clock.forward(days=2)
    remove_what_is_due()
    assert store.keys == []


def test_recording_becomes_a_film_there(store, session, clock, browser, webm):  # noqa: F811
    recording = running(session, clock)
    send_in_pieces(recording, webm(2))
    stop_activity(session, recording.activity, by=session.primary)
    clock.forward(seconds=60)

    recording.refresh_from_db()
    assert recording.state == Recording.State.READY
    assert store.keys == [f"site/{recording.file.name}"]
    assert not upload_store.path_of(recording.parts).exists()
    answer = browser.get(reverse("recording", args=[session.key, recording.pk]), headers={"range": "bytes=4-11"})
    with recording.file.open("rb") as film:
        whole = film.read()
    assert (answer.status_code, answer.getvalue(), len(whole)) == (206, whole[4:12], recording.size)


# ---- Encrypted ---------------------------------------------------------------------------------------------------


def kept_there(store, file):
    with default_storage.open_as_kept(file.file.name) as kept:
        return kept.read()


def test_encrypted_file_is_read_from_any_place_on(store, session, carol, browser, settings):
    settings.FILES_KEYS = [KEY]
    whole = WHOLE * 30
    file = sent_file(session, carol, "a.bin", whole)
    assert whole[:100] not in kept_there(store, file)
    assert downloaded(browser, file) == (200, whole)
    assert downloaded(browser, file, range="bytes=65470-65529") == (206, whole[65470:65530])
    assert downloaded(browser, file, range="bytes=-10") == (206, whole[-10:])
    assert browser.head(address(file)).headers["Content-Length"] == str(len(whole))


def test_encrypted_file_of_several_pieces_goes_there_and_back(store, settings, tmp_path):
    """More than is sent at a time, so the file is read in parts, some of them twice."""
    settings.FILES_KEYS = [KEY]
    whole = bytes(range(256)) * 80 * 1024
    name = default_storage.save("long", ContentFile(whole))
    with default_storage.open(name) as kept:
        kept.seek(17 * MIB + 3)
        part = kept.read(100)
        kept.seek(0)
        assert (part, kept.read()) == (whole[17 * MIB + 3 : 17 * MIB + 103], whole)
    assert default_storage.size(name) == len(whole)


def test_files_there_are_written_again_under_another_key_and_none(store, file, browser, settings):
    readers = [default_storage.open(file.file.name)]
    for keys, mark in (([KEY], key_of(KEY)), ([OTHER, KEY], key_of(OTHER)), ([None, OTHER], None)):
        settings.FILES_KEYS = keys
        readers.append(default_storage.open(file.file.name))
        assert readers[-1].read(10) == WHOLE[:10]
        done = write_all_again(newest_key(), lambda name: None)
        assert (done.count, done.unreadable) == (1, [])
        assert default_storage.mark_of(file.file.name) == (mark.mark if mark else None)
        assert downloaded(browser, file) == (200, WHOLE)
    assert kept_there(store, file) == WHOLE
    assert store.keys == [f"site/{file.file.name}"]


def test_reader_gets_no_mixture_when_a_file_is_written_again(store, session, carol, settings):
    """It breaks off, and the browser asks for the rest."""
    file = sent_file(session, carol, "a.bin", WHOLE * 30)
    with default_storage.open(file.file.name) as reader:
        reader.read(10)
        settings.FILES_KEYS = [KEY]
        write_all_again(newest_key(), lambda name: None)
        reader.seek(100_000)
        with pytest.raises(OSError, match="broke off"):
            reader.read(10)


def test_damaged_file_there_is_refused(store, session, carol, browser, settings):
    settings.FILES_KEYS = [KEY]
    file = sent_file(session, carol, "a.bin", WHOLE * 30)
    kept = kept_there(store, file)
    default_storage.delete(file.file.name)
    default_storage.save_as_kept(file.file.name, ContentFile(kept[: len(kept) // 2]))
    assert downloaded(browser, file)[0] == 500


# ---- Away, and refusing ------------------------------------------------------------------------------------------


def test_download_says_in_words_that_the_storage_is_away(own_store, session, carol, browser):
    file = sent_file(session, carol, "a.bin", WHOLE)
    own_store.stop()
    answer = browser.get(address(file), headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "files_away")
    assert "The site’s files cannot be reached" in browser.get(address(file)).content.decode()


def test_upload_that_has_arrived_waits_until_the_storage_is_back(own_store, session, carol, clock):
    (transfer,) = sending(session, carol)
    upload(transfer)
    own_store.stop()
    sent(session, transfer)
    for _hour in range(12):
        clock.forward(minutes=30)
    assert fresh(transfer).state == "checking"
    assert is_left_on_disk(transfer)

    own_store.start()
    clock.forward(minutes=1)
    assert (fresh(transfer).state, fresh(transfer).file.read()) == ("done", SENT)


def test_recording_waits_until_the_storage_is_back(own_store, session, clock, webm):  # noqa: F811
    recording = running(session, clock)
    send_in_pieces(recording, webm(2))
    own_store.stop()
    stop_activity(session, recording.activity, by=session.primary)
    # Longer than a job is tried that fails for its own sake.
    for _hour in range(12):
        clock.forward(minutes=30)

    recording.refresh_from_db()
    assert (recording.state, recording.tries) == (Recording.State.FINISHING, 0)
    assert upload_store.path_of(recording.parts).exists()
    assert not Job.objects.exclude(failed_at=None).exists()

    own_store.start()
    clock.forward(minutes=1)
    recording.refresh_from_db()
    assert recording.state == Recording.State.READY
    assert own_store.keys == [f"site/{recording.file.name}"]


def test_retention_keeps_what_it_could_not_delete(own_store, session, carol, clock):
    file = sent_file(session, carol, "a.bin", WHOLE)
    SitePolicy.objects.update(file_days=1)
    end_session(session, by=session.primary)
    own_store.stop()
    clock.forward(days=2)
    assert FileTransfer.objects.get().file.name == file.file.name


def test_reading_goes_on_where_the_connection_broke_off(server, settings):
    """A browser that has its answer's first bytes can be told nothing any more."""
    whole = bytes(range(256)) * (MIB // 16)
    with Wire(SimpleNamespace(url=f"http://127.0.0.1:{server.port}")) as wire:
        through = server.url.replace(str(server.port), wire.url.rpartition(":")[2])
        settings.STORAGES = {**settings.STORAGES, "default": storage_of(through)}
        name = default_storage.save("whole", ContentFile(whole))
        with default_storage.open(name) as kept:
            begun = kept.read(1000)
            wire.cut()
            wire.mend()
            rest = b"".join(iter(lambda: kept.read(MIB), b""))
            wire.cut()
            kept.seek(0)
            with pytest.raises(OSError, match="broke off"):
                kept.read(1)
        wire.mend()
        default_storage.delete(name)
    assert begun + rest == whole


# ---- Doctor ------------------------------------------------------------------------------------------------------


def test_doctor_tries_the_storage(own_store):
    assert [finding.level for finding in file_storage()] == [Level.OK]
    assert own_store.keys == []
    own_store.remove_bucket()
    [refused] = file_storage()
    own_store.stop()
    [away] = file_storage()
    assert (refused.level, away.level) == (Level.FAIL, Level.FAIL)
    assert "NoSuchBucket" in refused.words
    assert "STORAGE_URL" in away.do


def test_doctor_tries_a_folder_as_well(settings, tmp_path):
    assert [finding.level for finding in file_storage()] == [Level.OK]
    settings.MEDIA_ROOT = tmp_path / "file"
    settings.MEDIA_ROOT.write_text("in the way")
    assert [finding.level for finding in file_storage()] == [Level.FAIL]


# ---- Long files --------------------------------------------------------------------------------------------------

LONG = """
import sys, django; django.setup()
from pathlib import Path
from django.core.files import File
from django.core.files.storage import default_storage

def memory(kind):
    return int(Path("/proc/self/status").read_text().split(f"{kind}:")[1].split()[0]) // 1024

default_storage.exists("anything")
before = memory("VmRSS")
with open(sys.argv[1], "rb") as file:
    name = default_storage.save("long", File(file))
with default_storage.open(name) as kept:
    kept.seek(70 << 20)
    found = kept.read(4)
    kept.seek(0)
    size = sum(len(piece) for piece in iter(lambda: kept.read(64 << 10), b""))
print(found.decode(), size >> 20, memory("VmHWM") - before)
"""


def test_long_file_is_never_in_memory(server, tmp_path):
    """A process of its own saves 96 MiB and reads them: it has a few pieces of 8 MiB at a time."""
    long = tmp_path / "long"
    with long.open("wb") as file:
        file.truncate(96 * MIB)
        file.seek(70 * MIB)
        file.write(b"here")
    command = [sys.executable, "-c", LONG, long]
    environment = site_environment(tmp_path, STORAGE_URL=server.url)
    said = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    found, size, grown = said.split()
    assert (found, size) == ("here", "96")
    assert int(grown) < 48
