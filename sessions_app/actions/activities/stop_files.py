"""Stop files that have not arrived: nothing half-written stays, and both sides are told why (E14)."""

from functools import partial

from django.db import transaction

from sessions_app import events
from sessions_app.models import Activity, FileTransfer, SupportSession
from sessions_app.storage import upload_store
from supportcenter.live.log.actor import Actor
from supportcenter.live.log.eventlog import record

Why = FileTransfer.StopReason
# Why the files of a stopped activity stop; for every other reason, because the activity ended.
REASONS: dict[str, FileTransfer.StopReason] = {
    Activity.StopReason.DECLINED: Why.DECLINED,
    Activity.StopReason.UNANSWERED: Why.UNANSWERED,
    Activity.StopReason.WITHDRAWN: Why.CANCELLED,
    Activity.StopReason.STOPPED: Why.CANCELLED,
}


def stop_files(session: SupportSession, activity: Activity, *, was_asked: bool, by: Actor | None = None) -> None:
    """Stop the files of an activity that are still on their way.

    For an offer that was still a request (`was_asked`) the event of the activity says enough.
    """
    for transfer in activity.files.alive():
        stop_file(session, transfer, REASONS.get(activity.stop_reason, Why.ENDED), told=not was_asked, by=by)


def stop_file(
    session: SupportSession,
    transfer: FileTransfer,
    reason: FileTransfer.StopReason,
    *,
    told: bool = True,
    by: Actor | None = None,
) -> None:
    transfer.mark_stopped(reason)
    discard_parts(transfer)
    if told:
        record(session.stream, events.file_stopped(transfer), by=by)


def discard_parts(transfer: FileTransfer) -> None:
    transaction.on_commit(partial(upload_store.discard, transfer.parts))
