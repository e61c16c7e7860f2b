"""Files that do not arrive: nothing half-written stays, and both sides are told why (E14)."""

from functools import partial

from django.db import transaction

from sessions_app import events
from sessions_app.models import Activity, FileTransfer
from sessions_app.storage import upload_store
from supportcenter.live.log.eventlog import record

Why = FileTransfer.StopReason
# What the end of an activity means for its files; everything else is just an end.
REASONS = {
    Activity.StopReason.DECLINED: Why.DECLINED,
    Activity.StopReason.UNANSWERED: Why.UNANSWERED,
    Activity.StopReason.WITHDRAWN: Why.CANCELLED,
    Activity.StopReason.STOPPED: Why.CANCELLED,
}


def stop_files(session, activity, *, was_asked, by=None):
    """Stop what is still on its way; of an offer nobody had said yes to, the activity's own event says enough."""
    for transfer in activity.files.alive():
        stop_file(session, transfer, REASONS.get(activity.stop_reason, Why.ENDED), told=not was_asked, by=by)


def stop_file(session, transfer, reason, *, told=True, by=None):
    transfer.mark_stopped(reason)
    discard_parts(transfer)
    if told:
        record(session.stream, events.file_stopped(transfer), by=by)


def discard_parts(transfer):
    transaction.on_commit(partial(upload_store.discard, transfer.parts))
