"""End the activity of files when the last of them is over."""

from sessions_app.actions.activities.stop import stop_one
from sessions_app.models import Activity, FileTransfer, Participant, SupportSession


def settle(session: SupportSession, transfer: FileTransfer, *, by: Participant | None) -> None:
    """End the activity of the locked session's file if this was the last of its files."""
    activity = Activity.objects.select_related("owner").get(pk=transfer.activity_id)
    if activity.is_alive and not activity.files.alive().exists():
        done = activity.files.done().exists()
        stop_one(session, activity, Activity.StopReason.FINISHED if done else Activity.StopReason.STOPPED, by=by)
