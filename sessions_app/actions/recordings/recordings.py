"""Recording a session: announced, paused, and taken in piece by piece from the browser that composes it (E43)."""

from datetime import timedelta

from django.db import transaction

from sessions_app import events
from sessions_app.actions.locking import PRIMARY, session_action
from sessions_app.errors import (
    ChunkOutOfOrder,
    ChunkRefused,
    ChunkTooLarge,
    NoSpaceLeft,
    NotAnnouncedYet,
    NotYours,
    RecordingOver,
)
from sessions_app.models import Activity, Recording
from sessions_app.rules.permissions import may_add_to_recording
from sessions_app.storage import upload_store
from supportcenter import clock
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require

# Everybody has had so long to read that the session will be recorded before it is.
ANNOUNCED_FOR = timedelta(seconds=3)
# Bytes of one piece, and segments of one recording: a reload begins the next.
LARGEST_CHUNK, MOST_SEGMENTS, LONGEST_NAME = 2 * 1024 * 1024, 500, 40
# A first piece tells how long ago its segment began, in seconds.
OLDEST_START = 60
CONTENT_TYPES = {"video/webm", "video/mp4"}


def announce_recording(session, activity, by):
    """Everybody is told before it starts; it runs when the primary's page reports so, not before that time is over."""
    recording = Recording.objects.create(session=session, activity=activity)
    activity.details = {"recording": recording.pk}
    activity.save(update_fields=["details"])
    record(session.stream, events.activity_allowed(activity), by=by)
    return activity


def was_announced(activity):
    return clock.now() >= activity.requested_at + ANNOUNCED_FOR


def is_required(activity):
    """Whether the site records every session, so that nobody stops it by hand."""
    always = SitePolicy.current().recording == SitePolicy.Recording.ALWAYS
    return activity.kind == Capability.RECORDING and always


@session_action(who=PRIMARY)
def pause_recording(session, recording, *, by):
    """Nothing is recorded until it goes on: for passwords and the like. Pausing twice changes nothing.

    Raises SessionHasEnded, NotInControl, RecordingOver.
    """
    recording = _running(recording)
    if recording.paused_at is None:
        recording.mark_paused(clock.now())
        record(session.stream, events.recording_paused(recording), by=by)
    return recording


@session_action(who=PRIMARY)
def resume_recording(session, recording, *, by):
    """Go on after a pause. Raises SessionHasEnded, NotInControl, RecordingOver."""
    recording = _running(recording)
    if recording.paused_at is not None:
        recording.mark_paused(None)
        record(session.stream, events.recording_resumed(recording), by=by)
    return recording


@transaction.atomic
def take_chunk(recording, name, number, data, *, content_type, age=0.0, by):
    """Append a piece to the segment `name` and return how many the site has; one that it has already changes nothing.

    Only this recording's row is locked: a piece every other second is nobody else's affair. Raises NotYours,
    ChunkTooLarge, ChunkRefused, RecordingOver, NotAnnouncedYet, ChunkOutOfOrder, NoSpaceLeft.
    """
    require(may_add_to_recording(by, recording), NotYours)
    require(len(data) <= LARGEST_CHUNK, ChunkTooLarge)
    require(data and len(name) <= LONGEST_NAME and _bare(content_type) in CONTENT_TYPES, ChunkRefused)
    recording = recording.locked()
    require(recording.takes_chunks(clock.now()), RecordingOver)
    require(recording.activity.started_at is not None, NotAnnouncedYet)
    segment = recording.segments.filter(name=name).first()
    have = segment.chunks if segment else 0
    if number < have:
        return have
    require(number == have, ChunkOutOfOrder, expected=have)
    segment = segment or _new_segment(recording, name, content_type, age)
    _write(segment, data)
    segment.chunks, segment.size = segment.chunks + 1, segment.size + len(data)
    segment.save(update_fields=["chunks", "size"])
    return segment.chunks


def _running(recording):
    recording = recording.locked()
    running = recording.state == Recording.State.RUNNING and recording.activity.state == Activity.State.RUNNING
    require(running, RecordingOver)
    return recording


def _new_segment(recording, name, content_type, age):
    place = recording.segments.count()
    require(place < MOST_SEGMENTS, ChunkRefused)
    began = clock.now() - timedelta(seconds=min(max(age, 0), OLDEST_START))
    return recording.segments.create(name=name, place=place, content_type=_bare(content_type), started_at=began)


def _write(segment, data):
    try:
        upload_store.write_at(segment.part, segment.size, data)
    except OSError as error:
        raise NoSpaceLeft from error


def _bare(content_type):
    return content_type.partition(";")[0].strip().lower()
