"""Files sent through the server and directly: what is checked, kept and refused."""

import errno
import hashlib
from io import BytesIO

import pytest

from sessions_app.actions.activities.consent import give_consent
from sessions_app.actions.files import transfers as verbs
from sessions_app.actions.files.blocks import take_blocks
from sessions_app.actions.files.offers import Offered
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.errors import (
    BlockDiffers,
    BlockHasWrongLength,
    BlockOutOfOrder,
    FileNotComplete,
    FileOver,
    MustBeScanned,
    NoSpaceLeft,
    NotAllowedYet,
    NotYours,
    SessionHasEnded,
)
from sessions_app.models import ChatMessage
from sessions_app.storage.block_digests import BLOCK, digest_of_file
from supportcenter.jobs.workers.runner import run_due
from tests.factories import latest, make_assistant, types
from tests.sessions_app.clamd import BAD
from tests.sessions_app.sending import WHOLE, block, fresh, is_left_on_disk, offer, sending, sent, upload
from tests.sessions_app.storage.test_virus_scanner import scanner  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def assistant(session, bilal):
    return make_assistant(session, bilal)


# ---- Through the server


def test_upload_is_checked_and_kept_and_stands_in_the_chat(session, carol):
    (transfer,) = sending(session, carol)
    upload(transfer)
    assert sent(session, transfer).state == "checking"
    sent(session, transfer)
    run_due()
    run_due()

    transfer = fresh(transfer)
    assert transfer.state == "done"
    assert transfer.file.read() == WHOLE
    assert "report" not in transfer.file.name
    assert not is_left_on_disk(transfer)
    assert types(session)[-5:] == ["activity.started", "file.started", "file.finished", "chat.said", "activity.stopped"]
    finished, said, stopped = (data for _, data in latest(session)[-3:])
    assert (finished["way"], finished["digest"]) == ("server", digest_of_file(BytesIO(WHOLE)))
    assert said["file"] == {
        "file": transfer.pk,
        "name": "report.pdf",
        "size": len(WHOLE),
        "content_type": "application/pdf",
        "way": "server",
        "receiver": carol.pk,
    }
    assert stopped["reason"] == "finished"
    assert ChatMessage.objects.get().text == "report.pdf"


def test_start_needs_a_yes_and_is_the_senders(session, carol):
    activity = offer(session)
    transfer = activity.files.get()
    with pytest.raises(NotAllowedYet):
        verbs.start_file(session, transfer, way="server", by=session.primary)
    give_consent(session, activity, by=carol)
    with pytest.raises(NotYours):
        verbs.start_file(session, transfer, way="server", by=carol)


def test_direct_way_changes_to_the_server_and_never_back(session, carol):
    (transfer,) = sending(session, carol, "direct")
    for way in ("server", "server", "direct"):
        assert verbs.start_file(session, transfer, way=way, by=session.primary).way == "server"
    assert [data["way"] for event, data in latest(session) if event == "file.started"] == ["direct", "server"]


def test_with_a_scanner_no_file_goes_past_it(session, carol, settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    with pytest.raises(MustBeScanned):
        sending(session, carol, "direct")


def test_block_again_changes_nothing(session, carol):
    (transfer,) = sending(session, carol)
    upload(transfer)
    block(transfer, 0, WHOLE[:BLOCK])

    assert fresh(transfer).received == len(WHOLE)
    assert sent(session, transfer).state == "checking"


def test_several_blocks_at_once_are_each_checked(session, carol):
    (transfer,) = sending(session, carol)
    good = [hashlib.sha256(part).hexdigest() for part in (WHOLE[:BLOCK], WHOLE[BLOCK:])]
    for digests in ([good[0], "0" * 64], [good[1], good[0]]):
        with pytest.raises(BlockDiffers):
            take_blocks(transfer, offset=0, data=WHOLE, digests=digests, by=transfer.sender)
    with pytest.raises(BlockHasWrongLength):
        take_blocks(transfer, offset=0, data=WHOLE, digests=good[:1], by=transfer.sender)
    assert fresh(transfer).received == 0

    take_blocks(transfer, offset=0, data=WHOLE, digests=good, by=transfer.sender)
    assert fresh(transfer).received == len(WHOLE)
    assert sent(session, transfer).state == "checking"


def test_block_out_of_order_says_what_is_expected(session, carol):
    (transfer,) = sending(session, carol)
    with pytest.raises(BlockOutOfOrder) as refused:
        block(transfer, BLOCK, WHOLE[BLOCK:])
    assert refused.value.facts == {"expected": 0}


@pytest.mark.parametrize("data", [WHOLE[:100], WHOLE[:BLOCK] + b"x", b""])
def test_block_of_wrong_length(session, carol, data):
    (transfer,) = sending(session, carol)
    upload(transfer, upto=BLOCK)
    with pytest.raises(BlockHasWrongLength):
        block(transfer, BLOCK, data or b"x" * 40)
    assert fresh(transfer).received == BLOCK


def test_damaged_block(session, carol):
    (transfer,) = sending(session, carol)
    with pytest.raises(BlockDiffers):
        block(transfer, 0, WHOLE[:BLOCK], digest="0" * 64)
    assert fresh(transfer).received == 0
    assert not is_left_on_disk(transfer)


def test_wrong_digest_of_the_whole_stops_it(session, carol):
    (transfer,) = sending(session, carol)
    upload(transfer)
    sent(session, transfer, WHOLE + b"!")

    assert (fresh(transfer).state, fresh(transfer).stop_reason) == ("stopped", "differs")
    assert types(session)[-2:] == ["file.stopped", "activity.stopped"]
    assert not is_left_on_disk(transfer)


def test_not_all_of_it_is_not_all_of_it(session, carol):
    (transfer,) = sending(session, carol)
    upload(transfer, upto=BLOCK)
    with pytest.raises(FileNotComplete):
        sent(session, transfer)


def test_upload_is_the_senders_and_of_a_running_file(session, carol, assistant):
    (transfer,) = sending(session, carol)
    for somebody in (carol, assistant):
        with pytest.raises(NotYours):
            block(transfer, 0, WHOLE[:BLOCK], by=somebody)
        with pytest.raises(NotYours):
            verbs.report_sent(session, transfer, digest="0" * 64, by=somebody)
    end_session(session, by=session.primary)
    with pytest.raises(FileOver):
        block(transfer, 0, WHOLE[:BLOCK])
    with pytest.raises(SessionHasEnded):
        sent(session, transfer)


def test_full_disk_is_said_and_nothing_counts(session, carol, monkeypatch):
    (transfer,) = sending(session, carol)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pathlib.Path.open", full)
    with pytest.raises(NoSpaceLeft):
        block(transfer, 0, WHOLE[:BLOCK])
    assert fresh(transfer).received == 0


@pytest.mark.parametrize(
    ("answer", "state", "reason"), [(b"stream: OK\0", "done", ""), (b"stream: Bad FOUND\0", "stopped", "infected")]
)
def test_scanner_decides(session, carol, settings, scanner, answer, state, reason):  # noqa: F811
    settings.CLAMD_URL, scanner.answer = scanner.url, answer
    (transfer,) = sending(session, carol)
    upload(transfer)
    sent(session, transfer)
    run_due()

    assert (fresh(transfer).state, fresh(transfer).stop_reason) == (state, reason)
    assert scanner.seen == WHOLE
    assert not is_left_on_disk(transfer)


def test_scanner_that_is_away_lets_nothing_pass(session, carol, settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    (transfer,) = sending(session, carol, files=[Offered("bad.txt", len(BAD))])
    upload(transfer, BAD)
    sent(session, transfer, BAD)
    run_due()

    assert fresh(transfer).stop_reason == "failed"


def test_file_stopped_while_it_is_checked_is_given_to_nobody(session, carol, settings):
    (transfer,) = sending(session, carol)
    upload(transfer)
    sent(session, transfer)
    end_session(session, by=session.primary)
    run_due()

    assert fresh(transfer).state == "stopped"
    folders = (settings.PARTS_DIR, settings.MEDIA_ROOT)
    assert [path for folder in folders for path in folder.rglob("*") if path.is_file()] == []


# ---- Directly


def test_direct_file_is_done_when_both_say_the_same(session, carol):
    (transfer,) = sending(session, carol, "direct")
    digest = digest_of_file(BytesIO(WHOLE))
    with pytest.raises(FileNotComplete):
        verbs.report_received(session, transfer, digest=digest, by=carol)
    sent(session, transfer)
    with pytest.raises(NotYours):
        verbs.report_received(session, transfer, digest=digest, by=session.primary)
    for _ in range(2):
        assert verbs.report_received(session, transfer, digest=digest, by=carol).state == "done"

    assert types(session)[-3:] == ["file.finished", "chat.said", "activity.stopped"]
    assert not fresh(transfer).file


def test_direct_file_that_differs_is_stopped(session, carol):
    (transfer,) = sending(session, carol, "direct")
    sent(session, transfer)
    verbs.report_received(session, transfer, digest="0" * 64, by=carol)

    assert fresh(transfer).stop_reason == "differs"


def test_server_takes_no_blocks_of_a_direct_file(session, carol):
    (transfer,) = sending(session, carol, "direct")
    with pytest.raises(FileOver):
        block(transfer, 0, WHOLE[:BLOCK])
