"""A backup of a site that runs: rows of one moment, and every file that they name."""

import io
import json
import tarfile
import threading
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from sessions_app.actions.chat import say
from sessions_app.models import Activity, ChatMessage, Participant, RecordingSegment
from sessions_app.storage import upload_store
from sessions_app.storage.block_digests import BLOCK
from supportcenter.accounts.models import User
from supportcenter.backups.database import apps_as_migrated, one_moment
from supportcenter.backups.errors import NoBackup
from supportcenter.backups.facts import GIVEN, KEPT, fingerprint
from supportcenter.backups.making import make_backup
from supportcenter.backups.uploads import hold, room_for_uploads
from supportcenter.backups.verifying import verify
from tests.factories import sent_file
from tests.sessions_app.recordings import announced, send
from tests.sessions_app.sending import WHOLE, sending, upload

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def nobody_listens(words):
    pass


def made():
    """(the backup's members by name, what it misses)"""
    output = io.BytesIO()
    missing = make_backup(output, nobody_listens)
    assert verify(output).missing == missing
    output.seek(0)
    with tarfile.open(fileobj=output) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}, missing


def rows_of(members, model):
    """Of each row its values by their columns."""
    head, *rows = map(json.loads, members[f"rows/{model}/000000.jsonl"].splitlines())
    return [dict(zip(head["columns"], row, strict=True)) for row in rows]


@contextmanager
def elsewhere(change):
    """What another process does meanwhile, over a connection of its own."""

    def run():
        change()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    yield


def test_rows_are_those_of_one_moment(session, carol):
    say(session, text="before", client_id="one", by=carol)
    with one_moment(), elsewhere(lambda: say(session, text="meanwhile", client_id="two", by=carol)):
        assert [line.text for line in ChatMessage.objects.all()] == ["before"]
    assert [line.text for line in ChatMessage.objects.all()] == ["before", "meanwhile"]


def test_rows_files_and_key_are_in_it(session, carol):
    say(session, text="Привет, \u2028 سلام", client_id="one", by=carol)
    transfer = sent_file(session, carol, "log.txt", b"what went wrong")
    members, missing = made()
    assert missing == []
    said = [row["text"] for row in rows_of(members, "sessions_app.chatmessage")]
    assert said == ["Привет, \u2028 سلام", "log.txt"]
    assert members[f"media/{transfer.file.name}"] == b"what went wrong"
    facts = json.loads(members["backup.json"])
    assert (facts["key"], facts["site"]) == (KEPT, fingerprint(settings.SECRET_KEY))
    assert members["keys/secret_key"].decode() == settings.SECRET_KEY


def test_key_of_the_environment_is_not_in_it(settings):
    settings.SECRET_KEY = "another-key-of-the-environment-0123456789"
    members, _ = made()
    facts = json.loads(members["backup.json"])
    assert (facts["key"], facts["site"]) == (GIVEN, fingerprint(settings.SECRET_KEY))
    assert [name for name, content in members.items() if settings.SECRET_KEY.encode() in content] == []
    assert "keys/secret_key" not in members


def test_sign_ins_are_not_in_it(amal):
    store = SessionStore()
    store["words"] = "signed in"
    store.save()
    members, _ = made()
    assert [name for name in members if name.startswith("rows/sessions.")] == []


def test_file_that_has_been_deleted_meanwhile_is_noted(session, carol):
    transfer = sent_file(session, carol, "log.txt")
    default_storage.delete(transfer.file.name)
    members, missing = made()
    assert missing == [f"media/{transfer.file.name}"]
    assert f"media/{transfer.file.name}" not in members


def test_file_that_no_row_names_is_left_out(session, carol):
    sent_file(session, carol, "log.txt")
    default_storage.save("files/left-over.txt", io.BytesIO(b"erased, but for a crash"))
    members, _ = made()
    assert [name for name in members if "left-over" in name] == []


def test_upload_under_way_is_in_it_as_far_as_the_browser_has_been_told(session, carol):
    (transfer,) = sending(session, carol)
    upload(transfer, upto=BLOCK)
    # Left over from a transaction that did not commit.
    upload_store.write_at(f"{transfer.parts}/data", BLOCK, b"never acknowledged")
    members, missing = made()
    assert missing == []
    assert members[f"parts/{transfer.parts}/data"] == WHOLE[:BLOCK]
    assert len(members[f"parts/{transfer.parts}/digests"]) == 32


def test_recording_under_way_is_in_it(session):
    activity, recording = announced(session)
    # As if it had been announced for long enough, by either database's clock.
    Activity.objects.filter(pk=activity.pk).update(state="running", started_at=timezone.now())
    recording.refresh_from_db()
    send(recording, b"the first piece")
    segment = RecordingSegment.objects.get()
    members, _ = made()
    assert members[f"parts/{segment.part}"] == b"the first piece"


def test_upload_that_is_done_while_it_is_copied_is_whole(session, carol):
    (transfer,) = sending(session, carol)
    upload(transfer)
    with room_for_uploads() as room:
        held = hold(apps_as_migrated(), room)
        upload_store.discard(transfer.parts)
        assert (room / transfer.parts / "data").read_bytes() == WHOLE
        assert held.missing == []
    assert list(upload_store.path_of("").iterdir()) != []
    assert [path.name for path in upload_store.path_of("").iterdir() if path.name.startswith("backup-")] == []


def test_what_is_left_of_a_backup_that_was_killed_is_deleted(session, carol):
    left = upload_store.path_of("backup-0123") / "files" / "1"
    left.mkdir(parents=True)
    (left / "data").write_bytes(b"erased since")
    made()
    assert [path.name for path in upload_store.path_of("").iterdir()] == ["lock"]


def test_two_backups_at_once_are_one_too_many(db):
    with room_for_uploads(), pytest.raises(NoBackup, match="Another backup of this site"):
        made()


def test_upload_that_is_lost_is_noted(session, carol):
    (transfer,) = sending(session, carol)
    upload(transfer, upto=BLOCK)
    upload_store.discard(transfer.parts)
    assert made()[1] == [f"parts/{transfer.parts}/data", f"parts/{transfer.parts}/digests"]


def test_keys_of_deleted_rows_are_remembered(session, carol):
    last = User.objects.create(username="gone")
    highest = last.pk
    last.delete()
    members, _ = made()
    known = json.loads(members["backup.json"])["last_keys"]
    assert known["accounts.User"] == highest
    assert known["sessions_app.Participant"] >= Participant.objects.latest("pk").pk
