"""Files offered, answered, sent through the server and directly, and stopped: what happens, and each no."""

import errno
import hashlib
from io import BytesIO

import pytest

from sessions_app import parts
from sessions_app.actions import files as verbs
from sessions_app.actions.consent import decline, give_consent, withdraw_consent
from sessions_app.actions.end import end_session
from sessions_app.actions.file_offers import Offered, accept_files, decline_files, offer_files
from sessions_app.actions.leave import leave_session, remove_participant
from sessions_app.actions.switch_customer import switch_customer
from sessions_app.actions.transfer_control import transfer_control
from sessions_app.blocks import BLOCK, digest_of_file
from sessions_app.errors import (
    AskedTooOften,
    BlockDiffers,
    BlockHasWrongLength,
    BlockOutOfOrder,
    CapabilityOff,
    FileIsEmpty,
    FileKindRefused,
    FileNotComplete,
    FileOver,
    FileTooLarge,
    MustBeScanned,
    NobodyToSendTo,
    NoFile,
    NoSpaceLeft,
    NotAllowedYet,
    NotInControl,
    NotInSession,
    NotYours,
    OfferPending,
    RequestOver,
    SessionHasEnded,
    TooManyFiles,
)
from sessions_app.models import ChatMessage, Consent, FileTransfer
from supportcenter.jobs.runner import run_due
from tests.factories import latest, make_assistant, make_customer, types
from tests.sessions_app.clamd import BAD
from tests.sessions_app.test_scanner import scanner  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

WHOLE = bytes(range(256)) * 4096 + b"and a bit more"
REPORT = Offered("report.pdf", len(WHOLE), "application/pdf")


@pytest.fixture
def assistant(session, bilal):
    return make_assistant(session, bilal)


def offer(session, by=None, files=None, **more):
    files = [REPORT] if files is None else files
    return offer_files(session, files, by=by or session.primary, **more)


def sending(session, carol, way="server", **more):
    """A file from Amal to Carol that has been accepted and started."""
    activity = give_consent(session, offer(session, **more), by=carol)
    return [verbs.start_file(session, each, way=way, by=each.sender) for each in activity.files.all()]


def upload(transfer, whole=WHOLE, *, by=None, upto=None):
    for offset in range(0, len(whole[:upto]), BLOCK):
        data = whole[offset : offset + BLOCK]
        block(transfer, offset, data, by=by)


def block(transfer, offset, data, *, digest=None, by=None):
    digest = digest or hashlib.sha256(data).hexdigest()
    return verbs.take_blocks(transfer, offset=offset, data=data, digests=[digest], by=by or transfer.sender)


def sent(session, transfer, whole=WHOLE):
    return verbs.report_sent(session, transfer, digest=digest_of_file(BytesIO(whole)), by=transfer.sender)


def fresh(transfer):
    return FileTransfer.objects.get(pk=transfer.pk)


def is_left_on_disk(transfer):
    return parts.path_of(transfer.parts).exists()


# ---- Offering


def test_offer_names_files_and_sizes(session, carol):
    activity = offer(session, files=[Offered("../a.txt", 3), Offered("b.png", 4, "image/png")])

    assert (activity.owner, activity.requested_by, activity.state) == (carol, session.primary, "requested")
    told = latest(session)[-2:]
    assert [event for event, _ in told] == ["activity.requested", "file.offered"]
    assert [(file["name"], file["size"], file["content_type"]) for file in told[1][1]["files"]] == [
        ("a.txt", 3, ""),
        ("b.png", 4, "image/png"),
    ]


def test_customer_offers_to_the_primary(session, carol):
    activity = offer(session, by=carol)
    assert (activity.owner, activity.requested_by) == (session.primary, carol)

    accept_files(session, activity, by=session.primary)
    accept_files(session, activity, by=session.primary)

    assert types(session)[-3:] == ["activity.requested", "file.offered", "activity.allowed"]
    assert not Consent.objects.exists()


def test_primary_may_name_another_customer(session, carol):
    omar = make_customer(session, "Omar")
    assert offer(session, to=omar).owner == omar
    assert offer(session).owner == carol


def test_offering_is_for_the_primary_and_customers(session, carol, assistant):
    with pytest.raises(NotInControl):
        offer(session, by=assistant)
    assert types(session)[-1] == "control.refused"
    former = session.primary
    transfer_control(session, assistant, by=former)
    with pytest.raises(NotInControl):
        offer(session, by=former)
    assert not FileTransfer.objects.exists()


def test_offer_needs_a_receiver(session):
    with pytest.raises(NobodyToSendTo):
        offer(session)


def test_offer_after_the_end_and_after_leaving(session, carol):
    leave_session(session, by=carol)
    with pytest.raises(NotInSession):
        offer(session, by=carol)
    end_session(session, by=session.primary)
    with pytest.raises(SessionHasEnded):
        offer(session)


def test_offer_where_files_are_switched_off(session, carol, policy):
    policy.switched_off = ["files"]
    policy.save()
    for somebody in (session.primary, carol):
        with pytest.raises(CapabilityOff):
            offer(session, by=somebody)


@pytest.mark.parametrize(
    ("files", "refusal", "words"),
    [
        ([], NoFile, "at least one"),
        ([Offered("empty.txt", 0)], FileIsEmpty, "“empty.txt” is empty"),
        ([Offered("big.iso", 2 * 1024 * 1024 + 1)], FileTooLarge, "2.0\xa0MB at most"),
        ([Offered("x/Setup.EXE. ", 5)], FileKindRefused, "“Setup.EXE”"),
        ([Offered("a", 1), Offered("b", 1), Offered("c", 1)], TooManyFiles, "at most 2 files"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(session, carol, policy, files, refusal, words):
    policy.file_mebibytes, policy.files_at_once, policy.refused_file_endings = 2, 2, "exe bat"
    policy.save()
    before = types(session)

    with pytest.raises(refusal) as refused:
        offer(session, files=files)

    assert words in str(refused.value.message)
    assert types(session) == before
    assert not FileTransfer.objects.exists()


def test_session_has_a_number_of_files(session, carol, policy):
    policy.files_per_session = 2
    policy.save()
    decline(session, offer(session, files=[Offered("a", 1), Offered("b", 1)]), by=carol)
    give_consent(session, offer(session, files=[Offered("a", 1), Offered("b", 1)]), by=carol)
    with pytest.raises(TooManyFiles):
        offer(session)


def test_one_box_at_a_time(session, carol):
    offer(session)
    with pytest.raises(OfferPending):
        offer(session)
    assert offer(session, by=carol).owner == session.primary


def test_nobody_is_worn_down_into_a_yes_but_who_accepts_may_get_many(session, carol, policy):
    for _ in range(policy.requests_per_minute + 2):
        give_consent(session, offer(session), by=carol)
    for _ in range(policy.requests_per_minute):
        decline(session, offer(session), by=carol)
    with pytest.raises(AskedTooOften):
        offer(session)


def test_standing_permission_answers_by_itself(session, carol):
    give_consent(session, offer(session), standing=True, by=carol)

    assert offer(session).state == "allowed"
    assert offer(session).state == "allowed"
    assert types(session)[-3:] == ["activity.requested", "file.offered", "activity.allowed"]


# ---- Answering


def test_decline_stops_the_files_and_is_on_record(session, carol):
    activity = decline(session, offer(session), by=carol)

    assert types(session)[-3:] == ["file.offered", "consent.answered", "activity.stopped"]
    assert [each.stop_reason for each in activity.files.all()] == ["declined"]


def test_primary_declines(session, carol):
    activity = decline_files(session, offer(session, by=carol), by=session.primary)
    decline_files(session, activity, by=session.primary)

    assert latest(session)[-1][1]["reason"] == "declined"
    assert [each.stop_reason for each in activity.files.all()] == ["declined"]
    with pytest.raises(RequestOver):
        accept_files(session, activity, by=session.primary)


def test_answer_is_the_receivers(session, carol, assistant):
    activity = offer(session, by=carol)
    for somebody in (assistant, carol):
        with pytest.raises(NotYours):
            accept_files(session, activity, by=somebody)


@pytest.mark.parametrize("sender", ["amal", "carol"])
def test_no_answer_is_a_no(session, carol, clock, sender):
    activity = offer(session, by=carol if sender == "carol" else None)

    clock.forward(seconds=61)

    assert [each.stop_reason for each in activity.files.all()] == ["unanswered"]
    assert Consent.objects.filter(answer="unanswered").count() == (sender == "amal")


def test_sender_withdraws_an_offer(session, carol):
    activity = offer(session, by=carol)
    for each in activity.files.all():
        verbs.stop_transfer(session, each, by=carol)

    activity.refresh_from_db()
    assert (activity.state, activity.stop_reason) == ("stopped", "withdrawn")


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
            verbs.take_blocks(transfer, offset=0, data=WHOLE, digests=digests, by=transfer.sender)
    with pytest.raises(BlockHasWrongLength):
        verbs.take_blocks(transfer, offset=0, data=WHOLE, digests=good[:1], by=transfer.sender)
    assert fresh(transfer).received == 0

    verbs.take_blocks(transfer, offset=0, data=WHOLE, digests=good, by=transfer.sender)
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


# ---- Pausing and stopping


def test_either_side_pauses_and_goes_on(session, carol, assistant):
    (transfer,) = sending(session, carol)
    for somebody in (carol, session.primary):
        for _ in range(2):
            verbs.pause_file(session, transfer, by=somebody)
        for _ in range(2):
            verbs.resume_file(session, transfer, by=somebody)
    assert types(session)[-4:] == ["file.paused", "file.resumed"] * 2
    with pytest.raises(NotYours):
        verbs.pause_file(session, transfer, by=assistant)


@pytest.mark.parametrize(("failure", "reason"), [("", "cancelled"), ("failed", "failed"), ("<b>", "cancelled")])
def test_either_side_cancels_one_and_the_others_go_on(session, carol, failure, reason):
    first, second = sending(session, carol, files=[Offered("a", 5), Offered("b", 5)])
    block(first, 0, b"first")
    for _ in range(2):
        verbs.stop_transfer(session, first, failure=failure, by=carol)
    assert latest(session)[-1] == (
        "file.stopped",
        {
            "file": first.pk,
            "activity": first.activity_id,
            "sender": session.primary.pk,
            "receiver": carol.pk,
            "name": "a",
            "reason": reason,
        },
    )
    assert not is_left_on_disk(first)
    verbs.stop_transfer(session, second, by=session.primary)
    assert types(session)[-2:] == ["file.stopped", "activity.stopped"]


def test_cancelling_is_for_the_two(session, carol, assistant):
    (transfer,) = sending(session, carol)
    with pytest.raises(NotYours):
        verbs.stop_transfer(session, transfer, by=assistant)


ENDINGS = {
    "transfer": lambda session, carol, assistant: transfer_control(session, assistant, by=session.primary),
    "leaving": lambda session, carol, assistant: leave_session(session, by=carol),
    "removal": lambda session, carol, assistant: remove_participant(session, carol, by=session.primary),
    "end": lambda session, carol, assistant: end_session(session, by=session.primary),
}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("sender", ["amal", "carol"])
def test_partial_file_is_gone_and_both_are_told(session, carol, assistant, ending, sender):
    activity = offer(session, by=carol if sender == "carol" else None)
    if sender == "carol":
        accept_files(session, activity, by=session.primary)
    else:
        give_consent(session, activity, by=carol)
    transfer = verbs.start_file(session, activity.files.get(), way="server", by=activity.requested_by)
    upload(transfer, upto=BLOCK)
    assert is_left_on_disk(transfer)

    ENDINGS[ending](session, carol, assistant)

    assert (fresh(transfer).state, fresh(transfer).stop_reason) == ("stopped", "ended")
    assert not is_left_on_disk(transfer)
    assert types(session).index("file.stopped") > types(session).index("activity.stopped") - 2
    with pytest.raises(FileOver):
        block(transfer, BLOCK, WHOLE[BLOCK:])


def test_switching_customer_leaves_files_going(session, carol):
    omar = make_customer(session, "Omar")
    (transfer,) = sending(session, carol)
    switch_customer(session, omar, by=session.primary)

    assert fresh(transfer).state == "moving"


def test_withdrawing_consent_stops_what_comes_and_not_what_goes(session, carol):
    (coming,) = sending(session, carol)
    going = accept_files(session, offer(session, by=carol), by=session.primary).files.get()
    withdraw_consent(session, by=carol)

    assert (fresh(coming).state, fresh(going).state) == ("stopped", "offered")
