"""Record a session: announce it and pause it (E43). Its pieces are in `chunks.py`."""

from datetime import timedelta

from sessions_app import events
from sessions_app.actions.locking import PRIMARY, session_action
from sessions_app.errors import RecordingOver
from sessions_app.models import Activity, Participant, Recording, SupportSession
from sessions_app.rules.storage_limits import require_room
from supportcenter import clock
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require

# How long everybody has to read that the session will be recorded before it is.
ANNOUNCED_FOR = timedelta(seconds=3)


def announce_recording(session: SupportSession, activity: Activity, by: Participant) -> Activity:
    """Tell everybody that the session will be recorded; it runs once the primary's page reports so, after that time.

    Raises NoSpaceLeft, QuotaReached.
    """
    require_room(session, SitePolicy.current())
    recording = Recording.objects.create(session=session, activity=activity)
    activity.details = {"recording": recording.pk}
    activity.save(update_fields=["details"])
    record(session.stream, events.activity_allowed(activity), by=by)
    return activity


def was_announced(activity: Activity) -> bool:
    return clock.now() >= activity.requested_at + ANNOUNCED_FOR


def is_required(activity: Activity) -> bool:
    """Whether this is a recording that nobody may stop by hand, because the site records every session."""
    return activity.kind == Capability.RECORDING and SitePolicy.current().records_always


@session_action(who=PRIMARY)
def pause_recording(session: SupportSession, recording: Recording, *, by: Participant) -> Recording:
    """Pause the recording, for example while a password is typed. Pausing twice changes nothing.

    Raises SessionHasEnded, NotInControl, RecordingOver.
    """
    recording = _running(recording)
    if recording.paused_at is None:
        recording.mark_paused(clock.now())
        record(session.stream, events.recording_paused(recording), by=by)
    return recording


@session_action(who=PRIMARY)
def resume_recording(session: SupportSession, recording: Recording, *, by: Participant) -> Recording:
    """Resume a paused recording. Resuming twice changes nothing.

    Raises SessionHasEnded, NotInControl, RecordingOver.
    """
    recording = _running(recording)
    if recording.paused_at is not None:
        recording.mark_paused(None)
        record(session.stream, events.recording_resumed(recording), by=by)
    return recording


def _running(recording: Recording) -> Recording:
    recording = recording.locked()
    running = recording.state == Recording.State.RUNNING and recording.activity.state == Activity.State.RUNNING
    require(running, RecordingOver)
    return recording
