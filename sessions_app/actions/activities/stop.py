"""How activities end: always in the same order, each with its reason and its event (S65, E14)."""

from collections.abc import Iterable

from sessions_app import events
from sessions_app.actions.activities.stop_files import stop_files
from sessions_app.actions.recordings.close import close_recording
from sessions_app.models import Activity, Participant, SupportSession
from supportcenter.accounts.capabilities import ENDING, Capability
from supportcenter.live.log.actor import Actor
from supportcenter.live.log.eventlog import record

ORDER = {kind: place for place, kinds in enumerate(ENDING) for kind in kinds}


def stop_activities(
    session: SupportSession,
    reason: Activity.StopReason,
    *,
    by: Actor | None = None,
    of: Participant | None = None,
    kinds: Iterable[str] | None = None,
) -> None:
    """Stop what is under way in the locked session, all of it, one participant's (`of`), or that of some kinds.

    A participant's are the activities that they own, what they have asked for, and the files that they send.
    """
    living = Activity.objects.filter(session=session).alive()
    if of is not None:
        asked = living.filter(requested_by=of, state=Activity.State.REQUESTED)
        living = living.filter(owner=of) | asked | living.filter(requested_by=of, kind=Capability.FILES)
    if kinds is not None:
        living = living.filter(kind__in=list(kinds))
    for activity in sorted(living, key=lambda each: (ORDER[Capability(each.kind)], each.pk)):
        stop_one(session, activity, reason, by=by)


def stop_one(
    session: SupportSession, activity: Activity, reason: Activity.StopReason, *, by: Actor | None = None
) -> None:
    """Stop one activity of the locked session with all that belongs to it; a request is withdrawn."""
    if activity.state == Activity.State.REQUESTED and reason == Activity.StopReason.STOPPED:
        reason = Activity.StopReason.WITHDRAWN
    was_asked = activity.state == Activity.State.REQUESTED
    activity.mark_stopped(reason)
    if activity.kind == Capability.RECORDING:
        close_recording(activity)
    if activity.kind == Capability.FILES:
        stop_files(session, activity, was_asked=was_asked, by=by)
    record(session.stream, events.activity_stopped(activity), by=by)
