"""Close the recording of an activity that ends; the caller holds the session's row locked."""

from datetime import timedelta

from sessions_app.models import Activity, Recording
from sessions_app.models.recording import TAIL
from supportcenter import clock
from supportcenter.jobs.outbox.later import run_later


def close_recording(activity: Activity) -> None:
    """End the recording of a stopped activity, and have it saved from what the site has of it (S65, E14)."""
    recording = Recording.objects.filter(activity=activity, state=Recording.State.RUNNING).first()
    if recording is None:
        return
    if activity.started_at is None:
        recording.mark_ended(Recording.State.EMPTY)
        return
    recording.mark_ended(Recording.State.FINISHING)
    # A second more, so that what arrives at the last moment is on disk by then.
    due = clock.now() + TAIL + timedelta(seconds=1)
    run_later("sessions.finish_recording", due=due, recording=recording.pk)
