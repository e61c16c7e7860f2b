"""A site without space refuses files before it writes them, tells both sides, and keeps what it has."""

import pytest
from django.core.files.base import ContentFile

from sessions_app.actions.files import transfers as verbs
from sessions_app.actions.files.release import release_file
from sessions_app.errors import NoSpaceLeft, QuotaReached
from sessions_app.models import FileTransfer
from sessions_app.storage import upload_store
from supportcenter.jobs.models import Job
from supportcenter.jobs.workers.runner import run_due
from tests.factories import latest, types
from tests.full_disk.small_disk import small_disk
from tests.sessions_app.sending import REPORT, WHOLE, block, fresh, is_left_on_disk, offer, sending, sent, upload
from tests.sessions_app.storing import leave_no_space, leave_space, set_policy

pytestmark = pytest.mark.django_db(transaction=True)
BLOCK = 1024 * 1024


def test_file_is_not_started_and_both_sides_are_told(session, carol):
    (transfer,) = sending(session, carol, "direct")
    leave_no_space()

    with pytest.raises(NoSpaceLeft):
        verbs.start_file(session, transfer, way="server", by=session.primary)

    assert (fresh(transfer).state, fresh(transfer).stop_reason) == ("stopped", "no_space")
    assert [(event, data["reason"]) for event, data in latest(session)[-2:]] == [
        ("file.stopped", "no_space"),
        ("activity.stopped", "stopped"),
    ]


def test_what_goes_from_browser_to_browser_needs_no_space(session, carol):
    leave_no_space()
    (transfer,) = sending(session, carol, "direct")
    assert fresh(transfer).state == "moving"


def test_offer_is_refused_where_all_files_go_through_the_server(session, carol, settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    leave_no_space()
    before = types(session)

    with pytest.raises(NoSpaceLeft):
        offer(session)

    assert types(session) == before
    assert not FileTransfer.objects.exists()


def test_block_is_refused_before_it_is_written_and_the_file_ends(session, carol):
    (transfer,) = sending(session, carol)
    upload(transfer, upto=BLOCK)
    assert is_left_on_disk(transfer)
    leave_no_space()

    with pytest.raises(NoSpaceLeft):
        block(transfer, BLOCK, WHOLE[BLOCK:])

    assert (fresh(transfer).stop_reason, fresh(transfer).received) == ("no_space", BLOCK)
    assert not is_left_on_disk(transfer)
    assert ("file.stopped", "no_space") in [(event, data.get("reason")) for event, data in latest(session)]


def test_block_that_is_there_needs_no_space(session, carol):
    (transfer,) = sending(session, carol)
    upload(transfer)
    leave_no_space()
    assert block(transfer, 0, WHOLE[:BLOCK]).received == len(WHOLE)


def test_complete_file_is_released_without_asking(session, carol):
    (transfer,) = sending(session, carol)
    upload(transfer)
    leave_no_space()
    sent(session, transfer)
    run_due()
    assert fresh(transfer).state == "done"


def test_next_file_goes_through_once_there_is_space(session, carol):
    leave_no_space()
    with pytest.raises(NoSpaceLeft):
        sending(session, carol)
    leave_space()
    (transfer,) = sending(session, carol)
    upload(transfer)
    assert fresh(transfer).received == len(WHOLE)


def test_file_over_the_quota_is_refused_with_a_sentence(session, carol):
    set_policy(session_mebibytes=1)
    with pytest.raises(QuotaReached, match="quota_reached"):
        sending(session, carol)
    assert FileTransfer.objects.get().stop_reason == "no_space"


def test_file_that_was_stopped_leaves_the_quota(session, carol):
    set_policy(session_mebibytes=2)
    (first,) = sending(session, carol)
    with pytest.raises(QuotaReached):
        sending(session, carol, files=[REPORT])
    verbs.stop_transfer(session, first, by=session.primary)
    (second,) = sending(session, carol, files=[REPORT])
    assert second.state == "moving"


class TestArrivedOnADiskThatIsFull:
    """The upload is complete and acknowledged; the storage, another disk, has no room for it."""

    @pytest.fixture
    def transfer(self, session, carol):
        (transfer,) = sending(session, carol)
        upload(transfer)
        return sent(session, transfer)

    def test_it_waits_and_is_released_once_there_is_room(self, transfer, settings, clock, tmp_path):
        (tmp_path / "small").mkdir()
        with small_disk(tmp_path / "small", mebibytes=4) as small:
            settings.MEDIA_ROOT = small.folder / "media"
            small.fill()
            for _ in range(12):
                clock.forward(seconds=60)
            assert fresh(transfer).state == "checking"
            assert Job.objects.get(kind="sessions.keep_file").failed_at is None

            small.make_room()
            clock.forward(seconds=60)
            assert fresh(transfer).state == "done"
            assert fresh(transfer).file.read() == WHOLE

    def test_one_that_was_stored_and_could_not_be_put_on_record_is_found_again(self, transfer):
        """As the run before left it: moved, and then the database had no room."""
        transfer.file.name = "files/as-it-is-stored"
        transfer.save(update_fields=["file"])
        upload = upload_store.path_of(f"{transfer.parts}/data")
        transfer.file.storage.save(transfer.file.name, ContentFile(upload.read_bytes()))
        upload.unlink()

        release_file(fresh(transfer))

        assert fresh(transfer).state == "done"
        assert fresh(transfer).file.read() == WHOLE
        assert not is_left_on_disk(transfer)
