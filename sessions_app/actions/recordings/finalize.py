"""Making one file of a recording that has ended: with ffmpeg one that can be sought in, else what the browser sent."""

import logging
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

from django.core.files import File
from django.db import transaction

from sessions_app import events
from sessions_app.models import Recording, SupportSession
from sessions_app.storage import ffmpeg, films, upload_store
from supportcenter.live.log.eventlog import record

# So often ffmpeg is tried, about half an hour in all; after that the pieces are kept as they are.
TRIES_AT_FILM = 7

logger = logging.getLogger(__name__)


class Made(NamedTuple):
    path: Path
    content_type: str
    duration: float | None = None
    is_raw: bool = False
    # What is not in the film, in an archive.
    beside: Path | None = None


def finish_recording(recording):
    """Save what the site has of a recording. No row is locked while ffmpeg works, but nobody else works at the pieces.

    Running twice does no harm: the file has the recording's own name, and nothing is taken away before it is on record.
    Raises FfmpegUnableError or OSError if the machine lacks something: the pieces stay, and the job is tried again.
    """
    if recording.state == Recording.State.RUNNING:
        return
    with upload_store.held(recording.parts):
        recording.refresh_from_db(fields=["state"])
        if recording.state == Recording.State.FINISHING:
            _finish(recording)
    upload_store.discard(recording.parts)


def _finish(recording):
    segments = list(recording.segments.exclude(size=0))
    if not segments:
        _conclude_empty(recording)
        return
    # Before the work: a try that its process did not outlive counts too.
    recording.mark_tried()
    segments = _that_are_there(recording, segments)
    with tempfile.TemporaryDirectory(dir=upload_store.path_of(recording.parts), prefix="work-") as folder:
        made = _make(recording, segments, Path(folder))
        _conclude(recording, segments, made)


def _that_are_there(recording, segments):
    """All of them, since all were acknowledged.

    A disk that is away may be back at the next try. At the last one what is there is kept, and the log names what is
    lost. Raises FileNotFoundError.
    """
    there = [segment for segment in segments if upload_store.path_of(segment.part).exists()]
    lost = [segment.part for segment in segments if segment not in there]
    if lost and (recording.tries <= TRIES_AT_FILM or not there):
        raise FileNotFoundError(f"Not in PARTS_DIR: {', '.join(lost)}")
    if lost:
        logger.error("Recording %s goes without what is not in PARTS_DIR: %s", recording.pk, ", ".join(lost))
    return there


def _make(recording, segments, folder):
    sources = [_trimmed(segment) for segment in segments]
    program = ffmpeg.find() if recording.tries <= TRIES_AT_FILM else None
    film = films.make(program, sources, folder) if program else None
    if film and film.path:
        return _film(film, segments, sources, folder)
    if len(segments) == 1:
        return Made(sources[0], segments[0].content_type, is_raw=True)
    return Made(_packed(segments, sources, folder), "application/zip", is_raw=True)


def _film(film, segments, sources, folder):
    for segment, stretch in zip(segments, film.stretches, strict=True):
        segment.duration = stretch.reading.seconds if stretch else 0
        segment.is_beside = not (stretch and stretch.is_whole)
    left = [pair for pair in zip(segments, sources, strict=True) if pair[0].is_beside]
    beside = _packed(*zip(*left, strict=True), folder) if left else None
    return Made(film.path, film.content_type, film.seconds, beside=beside)


def _trimmed(segment):
    """Without what a transaction that did not commit has left behind its end."""
    path = upload_store.path_of(segment.part)
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


def _conclude(recording, segments, made):
    key = f"{recording.session.key}-{recording.pk}"
    saved = {"file": _store(recording, made.path, f"{key}.{_ending(made.content_type)}")}
    if made.beside:
        saved["beside"] = _store(recording, made.beside, f"{key}-beside.zip")
    _put_on_record(recording, segments, made, saved)


def _store(recording, path, file_name):
    field = recording._meta.get_field("file")
    wanted = field.generate_filename(recording, file_name)
    # Of a run that was killed before it could put on record what it had saved.
    field.storage.delete(wanted)
    with path.open("rb") as file:
        return field.storage.save(wanted, File(file))


@transaction.atomic
def _put_on_record(recording, segments, made, saved):
    session = SupportSession.objects.get(pk=recording.session_id).locked()
    recording = recording.locked()
    if recording.state != Recording.State.FINISHING:
        # Erased meanwhile, or gone with its record.
        for name in saved.values():
            recording.file.storage.delete(name)
        return
    for segment in segments:
        segment.save(update_fields=["duration", "is_beside"])
    size = made.path.stat().st_size
    recording.mark_ready(**saved, content_type=made.content_type, size=size, duration=made.duration, is_raw=made.is_raw)
    record(session.stream, events.recording_saved(recording))


@transaction.atomic
def _conclude_empty(recording):
    recording = recording.locked()
    if recording.state == Recording.State.FINISHING:
        recording.state = Recording.State.EMPTY
        recording.save(update_fields=["state"])


def _ending(content_type):
    return {"video/mp4": "mp4", "application/zip": "zip"}.get(content_type, "webm")
