"""Move an accepted file: directly between two browsers, or block by block through the server."""

import errno
from collections.abc import Callable, Sequence

from django.conf import settings
from django.db import transaction

from sessions_app import events
from sessions_app.actions.activities.stop import stop_one
from sessions_app.actions.activities.stop_files import discard_parts, stop_file
from sessions_app.actions.locking import PRESENT, session_action
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
)
from sessions_app.models import Activity, ChatMessage, FileTransfer, Participant, SupportSession
from sessions_app.storage import upload_store
from sessions_app.storage.block_digests import (
    BLOCK,
    DIGEST_BYTES,
    blocks_in,
    digest_of_block,
    digest_of_blocks,
    length_at,
)
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import Draft, record
from supportcenter.refusals import require

State, Way, Why = FileTransfer.State, FileTransfer.Way, FileTransfer.StopReason
ON_ITS_WAY = {State.MOVING, State.PAUSED}


@session_action(who=PRESENT)
def start_file(session: SupportSession, transfer: FileTransfer, *, way: str, by: Participant) -> FileTransfer:
    """Start sending a file, or go on through the server because the browsers do not reach each other.

    A file that goes through the server stays there.

    Raises SessionHasEnded, NotInSession, NotYours, NotAllowedYet, FileOver, MustBeScanned.
    """
    transfer = _reread(transfer)
    activity = transfer.activity
    require(transfer.sender_id == by.pk, NotYours)
    require(activity.state != Activity.State.REQUESTED, NotAllowedYet)
    require(transfer.state in {State.OFFERED, *ON_ITS_WAY}, FileOver)
    require(way == Way.SERVER or not settings.CLAMD_URL, MustBeScanned)
    if transfer.way in {way, Way.SERVER}:
        return transfer
    if activity.state == Activity.State.ALLOWED:
        activity.mark_running({})
        record(session.stream, events.activity_started(activity), by=by)
    transfer.mark_moving(way)
    record(session.stream, events.file_started(transfer), by=by)
    return transfer


@session_action(who=PRESENT)
def pause_file(session: SupportSession, transfer: FileTransfer, *, by: Participant) -> FileTransfer:
    """Pause a file, as its sender or receiver. Raises SessionHasEnded, NotInSession, NotYours, FileOver."""
    return _turn(session, transfer, State.MOVING, State.PAUSED, events.file_paused, by)


@session_action(who=PRESENT)
def resume_file(session: SupportSession, transfer: FileTransfer, *, by: Participant) -> FileTransfer:
    """Resume a paused file, as its sender or receiver. Raises SessionHasEnded, NotInSession, NotYours, FileOver."""
    return _turn(session, transfer, State.PAUSED, State.MOVING, events.file_resumed, by)


@session_action(who=PRESENT)
def stop_transfer(
    session: SupportSession, transfer: FileTransfer, *, failure: str = "", by: Participant
) -> FileTransfer:
    """Cancel a file, as its sender or receiver. Stopping twice changes nothing.

    `failure` names the reason if it is stopped because that side's browser could not go on.

    Raises SessionHasEnded, NotInSession, NotYours.
    """
    transfer = _reread(transfer)
    _require_mine(transfer, by)
    if transfer.is_alive:
        stop_file(session, transfer, Why(failure) if failure in {Why.DIFFERS, Why.FAILED} else Why.CANCELLED, by=by)
        _settle(session, transfer, by=by)
    return transfer


@transaction.atomic
def take_blocks(
    transfer: FileTransfer, *, offset: int, data: bytes, digests: Sequence[str], by: Participant
) -> FileTransfer:
    """Append consecutive blocks to an upload; blocks that are there already change nothing.

    Only the file's own row is locked: blocks come by the hundred, and whatever stops a file changes that row.

    Raises NotYours, FileOver, BlockOutOfOrder, BlockHasWrongLength, BlockDiffers, NoSpaceLeft.
    """
    transfer = FileTransfer.objects.select_for_update().get(pk=transfer.pk)
    require(transfer.sender_id == by.pk, NotYours)
    require(transfer.state in ON_ITS_WAY and transfer.way == Way.SERVER, FileOver)
    if offset + len(data) <= transfer.received:
        return transfer
    require(offset == transfer.received, BlockOutOfOrder, expected=transfer.received)
    wanted = sum(length_at(transfer.size, offset + number * BLOCK) for number in range(len(digests)))
    require(len(data) == wanted, BlockHasWrongLength)
    require([digest_of_block(block) for block in blocks_in(data)] == digests, BlockDiffers)
    _write(transfer, offset, data, bytes.fromhex("".join(digests)))
    transfer.mark_received(offset + len(data))
    return transfer


@session_action(who=PRESENT)
def report_sent(session: SupportSession, transfer: FileTransfer, *, digest: str, by: Participant) -> FileTransfer:
    """Note that the sender has sent all of a file with this digest; what the server has is checked against it.

    Raises SessionHasEnded, NotInSession, NotYours, FileOver, FileNotComplete.
    """
    transfer = _reread(transfer)
    require(transfer.sender_id == by.pk, NotYours)
    if transfer.digest == digest:
        return transfer
    require(transfer.state in ON_ITS_WAY, FileOver)
    if transfer.way == Way.DIRECT:
        transfer.mark_sent(digest, transfer.state)
        return transfer
    require(transfer.received == transfer.size, FileNotComplete)
    if digest_of_blocks(upload_store.path_of(f"{transfer.parts}/digests").read_bytes()) == digest:
        transfer.mark_sent(digest, State.CHECKING)
        run_later("sessions.keep_file", file=transfer.pk)
    else:
        stop_file(session, transfer, Why.DIFFERS, by=by)
        _settle(session, transfer, by=by)
    return transfer


@session_action(who=PRESENT)
def report_received(session: SupportSession, transfer: FileTransfer, *, digest: str, by: Participant) -> FileTransfer:
    """Note that the receiver has a file that came directly: it is done if it has the digest of what was sent.

    Raises SessionHasEnded, NotInSession, NotYours, FileOver, FileNotComplete.
    """
    transfer = _reread(transfer)
    require(transfer.receiver_id == by.pk, NotYours)
    if transfer.state == State.DONE:
        return transfer
    require(transfer.state in ON_ITS_WAY and transfer.way == Way.DIRECT, FileOver)
    require(transfer.digest, FileNotComplete)
    if transfer.digest == digest:
        finish_file(session, transfer, by=by)
    else:
        stop_file(session, transfer, Why.DIFFERS, by=by)
        _settle(session, transfer, by=by)
    return transfer


def finish_file(session: SupportSession, transfer: FileTransfer, *, by: Participant | None = None) -> None:
    """Finish a file of the locked session that has arrived: the chat shows it, and the last one ends the activity."""
    transfer.mark_done()
    discard_parts(transfer)
    record(session.stream, events.file_finished(transfer), by=by)
    line = ChatMessage.objects.create(
        session=session,
        participant=transfer.sender,
        conversation=session.conversation,
        client_id=f"file-{transfer.pk}",
        text=transfer.name,
        file=transfer,
    )
    record(session.stream, events.chat_said(line), by=transfer.sender)
    _settle(session, transfer, by=by)


def fail_file(session: SupportSession, transfer: FileTransfer, reason: FileTransfer.StopReason) -> None:
    """Stop a file of the locked session that the server cannot release."""
    stop_file(session, transfer, reason)
    _settle(session, transfer, by=None)


def _reread(transfer: FileTransfer) -> FileTransfer:
    return FileTransfer.objects.select_related("activity", "sender").get(pk=transfer.pk)


def _require_mine(transfer: FileTransfer, by: Participant) -> None:
    require(by.pk in {transfer.sender_id, transfer.receiver_id}, NotYours)


def _turn(
    session: SupportSession,
    transfer: FileTransfer,
    before: FileTransfer.State,
    after: FileTransfer.State,
    event: Callable[[FileTransfer], Draft],
    by: Participant,
) -> FileTransfer:
    transfer = _reread(transfer)
    _require_mine(transfer, by)
    if transfer.state == after:
        return transfer
    require(transfer.state == before, FileOver)
    transfer.mark(after)
    record(session.stream, event(transfer), by=by)
    return transfer


def _settle(session: SupportSession, transfer: FileTransfer, *, by: Participant | None) -> None:
    """End the activity if this was the last of its files."""
    activity = Activity.objects.select_related("owner").get(pk=transfer.activity_id)
    if activity.is_alive and not activity.files.alive().exists():
        done = activity.files.done().exists()
        stop_one(session, activity, Activity.StopReason.FINISHED if done else Activity.StopReason.STOPPED, by=by)


def _write(transfer: FileTransfer, offset: int, data: bytes, digests: bytes) -> None:
    try:
        upload_store.write_at(f"{transfer.parts}/data", offset, data)
        upload_store.write_at(f"{transfer.parts}/digests", offset // BLOCK * DIGEST_BYTES, digests)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise NoSpaceLeft from error
        raise
