"""Record a session: announce it, pause it, and take in its pieces from the browser that composes them (E43)."""

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
from sessions_app.models import Activity, Participant, Recording, RecordingSegment, SupportSession
from sessions_app.rules.permissions import may_add_to_recording
from sessions_app.storage import upload_store
from supportcenter import clock
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require

# How long everybody has to read that the session will be recorded before it is.
ANNOUNCED_FOR = timedelta(seconds=3)
# Bytes of one piece; segments of one recording (a reload starts the next); characters of a segment's name.
LARGEST_CHUNK, MOST_SEGMENTS, LONGEST_NAME = 2 * 1024 * 1024, 500, 40
# The first piece of a segment says how many seconds ago the segment began, up to so many.
OLDEST_START = 60
CONTENT_TYPES = {"video/webm", "video/mp4"}


def announce_recording(session: SupportSession, activity: Activity, by: Participant) -> Activity:
    """Tell everybody that the session will be recorded; it runs once the primary's page reports so, after that time."""
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


@transaction.atomic
def take_chunk(
    recording: Recording,
    name: str,
    number: int,
    data: bytes,
    *,
    content_type: str,
    age: float = 0.0,
    by: Participant,
) -> int:
    """Append a piece to the segment `name` and return how many pieces of it the site has.

    A piece that is there already changes nothing. Only this recording's row is locked, since pieces come every other
    second and nobody else in the session should wait for them.

    Raises NotYours, ChunkTooLarge, ChunkRefused, RecordingOver, NotAnnouncedYet, ChunkOutOfOrder, NoSpaceLeft.
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


def _running(recording: Recording) -> Recording:
    recording = recording.locked()
    running = recording.state == Recording.State.RUNNING and recording.activity.state == Activity.State.RUNNING
    require(running, RecordingOver)
    return recording


def _new_segment(recording: Recording, name: str, content_type: str, age: float) -> RecordingSegment:
    place = recording.segments.count()
    require(place < MOST_SEGMENTS, ChunkRefused)
    began = clock.now() - timedelta(seconds=min(max(age, 0), OLDEST_START))
    return recording.segments.create(name=name, place=place, content_type=_bare(content_type), started_at=began)


def _write(segment: RecordingSegment, data: bytes) -> None:
    try:
        upload_store.write_at(segment.part, segment.size, data)
    except OSError as error:
        raise NoSpaceLeft from error


def _bare(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()
