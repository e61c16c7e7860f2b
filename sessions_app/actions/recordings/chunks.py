"""Take in the pieces of a recording from the browser that composes them (E43)."""

from datetime import timedelta

from django.db import transaction

from sessions_app.actions.activities.stop import stop_one
from sessions_app.errors import (
    ChunkNotStored,
    ChunkOutOfOrder,
    ChunkRefused,
    ChunkTooLarge,
    NoSpaceLeft,
    NotAnnouncedYet,
    NotYours,
    QuotaReached,
    RecordingOver,
)
from sessions_app.models import Activity, Participant, Recording, RecordingSegment
from sessions_app.rules.permissions import may_add_to_recording
from sessions_app.rules.storage_limits import require_quota, require_space
from sessions_app.storage import upload_store
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.refusals import require

# Bytes of one piece; segments of one recording (a reload starts the next); characters of a segment's name.
LARGEST_CHUNK, MOST_SEGMENTS, LONGEST_NAME = 2 * 1024 * 1024, 500, 40
# The first piece of a segment says how many seconds ago the segment began, up to so many.
OLDEST_START = 60
# Pieces, about half a minute: adding up what the site keeps is too much for each of them.
QUOTA_EVERY = 16
CONTENT_TYPES = {"video/webm", "video/mp4"}


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

    A piece that is there already changes nothing. A recording for which no space is left ends: everyone is told why,
    and what the site has of it is kept.

    Raises NotYours, ChunkTooLarge, ChunkRefused, RecordingOver, NotAnnouncedYet, ChunkOutOfOrder, ChunkNotStored,
    NoSpaceLeft, QuotaReached.
    """
    require(may_add_to_recording(by, recording), NotYours)
    require(len(data) <= LARGEST_CHUNK, ChunkTooLarge)
    require(data and len(name) <= LONGEST_NAME and _bare(content_type) in CONTENT_TYPES, ChunkRefused)
    try:
        return _append(recording, name, number, data, content_type, age)
    except (NoSpaceLeft, QuotaReached):
        _end_without_space(recording)
        raise


@transaction.atomic
def _append(recording: Recording, name: str, number: int, data: bytes, content_type: str, age: float) -> int:
    # Only this recording's row is locked: pieces come every other second, and nobody else should wait for them.
    recording = recording.locked()
    require(recording.takes_chunks(clock.now()), RecordingOver)
    require(recording.activity.started_at is not None, NotAnnouncedYet)
    segment = recording.segments.filter(name=name).first()
    have = segment.chunks if segment else 0
    if number < have:
        return have
    require(number == have, ChunkOutOfOrder, expected=have)
    policy = SitePolicy.current()
    require_space(policy, size=len(data))
    if number % QUOTA_EVERY == 0:
        require_quota(recording.session, policy, size=len(data))
    segment = segment or _new_segment(recording, name, content_type, age)
    _write(segment, data)
    segment.chunks, segment.size = segment.chunks + 1, segment.size + len(data)
    segment.save(update_fields=["chunks", "size"])
    return segment.chunks


@transaction.atomic
def _end_without_space(recording: Recording) -> None:
    session = recording.session.locked()
    activity = Activity.objects.select_related("owner").get(pk=recording.activity_id)
    if activity.is_alive:
        stop_one(session, activity, Activity.StopReason.NO_SPACE)


def _new_segment(recording: Recording, name: str, content_type: str, age: float) -> RecordingSegment:
    place = recording.segments.count()
    require(place < MOST_SEGMENTS, ChunkRefused)
    began = clock.now() - timedelta(seconds=min(max(age, 0), OLDEST_START))
    return recording.segments.create(name=name, place=place, content_type=_bare(content_type), started_at=began)


def _write(segment: RecordingSegment, data: bytes) -> None:
    try:
        upload_store.write_at(segment.part, segment.size, data, before=segment.chunks)
    except OSError as error:
        raise (NoSpaceLeft if error.errno in upload_store.NO_SPACE else ChunkNotStored) from error


def _bare(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()
