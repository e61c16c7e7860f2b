"""Making one file of a recording that has ended: with ffmpeg one that can be sought in, else what the browser sent."""

import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

from django.core.files import File
from django.db import transaction

from sessions_app import events, ffmpeg, parts
from sessions_app.models import Recording, SupportSession
from supportcenter.live.eventlog import record


class Made(NamedTuple):
    path: Path
    content_type: str
    duration: float | None = None
    is_raw: bool = False


def finish_recording(recording):
    """Save what the site has of a recording. No row is locked while ffmpeg works, but nobody else works at the pieces.

    Running twice does no harm: the file has the recording's own name, and nothing is taken away before it is on record.
    """
    if recording.state == Recording.State.RUNNING:
        return
    with parts.held(recording.parts):
        recording.refresh_from_db(fields=["state"])
        if recording.state == Recording.State.FINISHING:
            _finish(recording)
    parts.discard(recording.parts)


def _finish(recording):
    segments = [segment for segment in recording.segments.all() if parts.path_of(segment.part).exists()]
    if not segments:
        _conclude_empty(recording)
        return
    with tempfile.TemporaryDirectory(dir=parts.path_of(recording.parts), prefix="work-") as folder:
        made = _make(segments, Path(folder))
        _conclude(recording, segments, made, _store(recording, made))


def _make(segments, folder):
    sources = [_trimmed(segment) for segment in segments]
    program = ffmpeg.find()
    if program:
        path, stretches = ffmpeg.join(program, sources, folder)
        for segment, stretch in zip(segments, stretches, strict=True):
            segment.duration = stretch.duration if stretch else 0
        if path:
            return Made(path, "video/webm", ffmpeg.seconds(program, path))
    if len(segments) == 1:
        return Made(sources[0], segments[0].content_type, is_raw=True)
    return Made(_packed(segments, sources, folder), "application/zip", is_raw=True)


def _trimmed(segment):
    """Without what a transaction that did not commit has left behind its end."""
    path = parts.path_of(segment.part)
    if path.stat().st_size > segment.size:
        with path.open("r+b") as file:
            file.truncate(segment.size)
    return path


def _packed(segments, sources, folder):
    """Several raw pieces do not play as one: they are kept side by side."""
    target = folder / "pieces.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for segment, source in zip(segments, sources, strict=True):
            archive.write(source, f"{segment.place + 1}.{_ending(segment.content_type)}")
    return target


def _store(recording, made):
    field = recording._meta.get_field("file")
    file_name = f"{recording.session.key}-{recording.pk}.{_ending(made.content_type)}"
    wanted = field.generate_filename(recording, file_name)
    # Of a run that was killed before it could put on record what it had saved.
    field.storage.delete(wanted)
    with made.path.open("rb") as file:
        return field.storage.save(wanted, File(file))


@transaction.atomic
def _conclude(recording, segments, made, name):
    session = SupportSession.objects.get(pk=recording.session_id).locked()
    recording = recording.locked()
    if recording.state != Recording.State.FINISHING:
        # Erased meanwhile, or gone with its record.
        recording.file.storage.delete(name)
        return
    for segment in segments:
        segment.save(update_fields=["duration"])
    size = made.path.stat().st_size
    recording.mark_ready(
        file=name, content_type=made.content_type, size=size, duration=made.duration, is_raw=made.is_raw
    )
    record(session.stream, events.recording_saved(recording))


@transaction.atomic
def _conclude_empty(recording):
    recording = recording.locked()
    if recording.state == Recording.State.FINISHING:
        recording.state = Recording.State.EMPTY
        recording.save(update_fields=["state"])


def _ending(content_type):
    return {"video/mp4": "mp4", "application/zip": "zip"}.get(content_type, "webm")
