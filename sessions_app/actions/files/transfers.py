"""Move an accepted file: directly between two browsers, or block by block through the server."""

from collections.abc import Callable

from django.conf import settings

from sessions_app import events
from sessions_app.actions.activities.stop_files import discard_parts, stop_file
from sessions_app.actions.files.no_space import end_without_space
from sessions_app.actions.files.settle import settle
from sessions_app.actions.locking import PRESENT, session_action
from sessions_app.errors import (
    FileNotComplete,
    FileOver,
    MustBeScanned,
    NoSpaceLeft,
    NotAllowedYet,
    NotYours,
    QuotaReached,
)
from sessions_app.models import Activity, ChatMessage, FileTransfer, Participant, SupportSession
from sessions_app.rules.storage_limits import ON_THEIR_WAY, require_room
from sessions_app.storage import upload_store
from sessions_app.storage.block_digests import DIGEST_BYTES, blocks_of, digest_of_blocks
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import Draft, record
from supportcenter.refusals import require

State, Way, Why = FileTransfer.State, FileTransfer.Way, FileTransfer.StopReason


def start_file(session: SupportSession, transfer: FileTransfer, *, way: str, by: Participant) -> FileTransfer:
    """Start sending a file, or go on through the server because the browsers do not reach each other.

    A file that goes through the server stays there. One for which there is no room ends, and both sides are told.

    Raises SessionHasEnded, NotInSession, NotYours, NotAllowedYet, FileOver, MustBeScanned, NoSpaceLeft, QuotaReached.
    """
    try:
        return _start(session, transfer, way=way, by=by)
    except (NoSpaceLeft, QuotaReached):
        end_without_space(transfer)
        raise


@session_action(who=PRESENT)
def _start(session: SupportSession, transfer: FileTransfer, *, way: str, by: Participant) -> FileTransfer:
    transfer = _reread(transfer)
    activity = transfer.activity
    require(transfer.sender_id == by.pk, NotYours)
    require(activity.state != Activity.State.REQUESTED, NotAllowedYet)
    require(transfer.state in {State.OFFERED, *ON_THEIR_WAY}, FileOver)
    require(way == Way.SERVER or not settings.CLAMD_URL, MustBeScanned)
    if transfer.way in {way, Way.SERVER}:
        return transfer
    if way == Way.SERVER:
        require_room(session, SitePolicy.current(), size=transfer.size)
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
        settle(session, transfer, by=by)
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
    require(transfer.state in ON_THEIR_WAY, FileOver)
    if transfer.way == Way.DIRECT:
        transfer.mark_sent(digest, transfer.state)
        return transfer
    require(transfer.received == transfer.size, FileNotComplete)
    with upload_store.opened(f"{transfer.parts}/digests", blocks_of(transfer.size) * DIGEST_BYTES) as digests:
        is_same = digest_of_blocks(digests.read()) == digest
    if is_same:
        transfer.mark_sent(digest, State.CHECKING)
        run_later("sessions.keep_file", file=transfer.pk)
    else:
        stop_file(session, transfer, Why.DIFFERS, by=by)
        settle(session, transfer, by=by)
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
    require(transfer.state in ON_THEIR_WAY and transfer.way == Way.DIRECT, FileOver)
    require(transfer.digest, FileNotComplete)
    if transfer.digest == digest:
        finish_file(session, transfer, by=by)
    else:
        stop_file(session, transfer, Why.DIFFERS, by=by)
        settle(session, transfer, by=by)
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
    settle(session, transfer, by=by)


def fail_file(session: SupportSession, transfer: FileTransfer, reason: FileTransfer.StopReason) -> None:
    """Stop a file of the locked session that the server cannot release."""
    stop_file(session, transfer, reason)
    settle(session, transfer, by=None)


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
