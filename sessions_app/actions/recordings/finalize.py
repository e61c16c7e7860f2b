"""Make one file of an ended recording: with ffmpeg a film that players can seek in, else what the browser sent."""

import errno
import logging
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from django.core.files import File
from django.db import transaction

from sessions_app import events
from sessions_app.models import Recording, RecordingSegment, SupportSession
from sessions_app.rules.storage_limits import has_space
from sessions_app.storage import ffmpeg, films, upload_store
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import record
from supportcenter.refusals.files_away import FilesAway
from supportcenter.refusals.storage_full import is_storage_full
from supportcenter.sealed_files.segmented import DamagedFileError

# How often ffmpeg is tried, over about half an hour; after that the pieces are kept as they are.
TRIES_AT_FILM = 7
# How much of each disk's floor has to stay free while a film is made.
PART_OF_FLOOR = 0.5
# Bytes.
LARGEST_READ = 1024 * 1024

logger = logging.getLogger(__name__)


class Made(NamedTuple):
    """The file that has been made, still in the working folder."""

    path: Path
    content_type: str
    duration: float | None = None
    is_raw: bool = False
    # An archive of what is not in the film.
    beside: Path | None = None


def finalize_recording(recording: Recording) -> None:
    """Save what the site has of a recording. No row is locked while ffmpeg works, but the pieces are held meanwhile.

    Running it twice does no harm: the file is named after the recording, and no piece is deleted before the file is on
    record.

    Raises FfmpegUnableError or OSError if the machine lacks something, FilesAway if the storage does: the pieces stay,
    and the job is tried again. A lack of space, or of the storage, does not count as a try.
    """
    if recording.state == Recording.State.RUNNING:
        return
    with upload_store.held(recording.parts):
        upload_store.clear_work(recording.parts)
        recording.refresh_from_db(fields=["state"])
        if recording.state == Recording.State.FINISHING:
            _finalize(recording)
    upload_store.discard(recording.parts)


def _finalize(recording: Recording) -> None:
    segments = list(recording.segments.exclude(size=0))
    if not segments:
        _conclude_empty(recording)
        return
    _require_room(segments)
    # Raises FilesAway before ffmpeg has worked for nothing.
    recording.file.storage.exists(recording.parts)
    # Before the work, so that a try during which the process died counts too.
    recording.mark_tried()
    try:
        _work(recording, segments)
    except Exception as error:
        if is_storage_full(error) or isinstance(error, FilesAway):
            recording.mark_not_tried()
        raise


def _require_room(segments: list[RecordingSegment]) -> None:
    """A film needs about as much room again, and what is encrypted lies there plain as well while it is made.

    Afterwards the pieces go: for that, half of the floor may be used.
    """
    size = sum(segment.size * (2 if upload_store.is_sealed(segment.part) else 1) for segment in segments)
    if not has_space(SitePolicy.current(), size=size, part_of_floor=PART_OF_FLOOR):
        raise OSError(errno.ENOSPC, "There is no room to make a film, so the pieces are kept until there is")


def _work(recording: Recording, segments: list[RecordingSegment]) -> None:
    segments = _that_are_there(recording, segments)
    with upload_store.work_folder(recording.parts) as folder:
        made = _make(recording, segments, folder)
        _conclude(recording, segments, made)


def _that_are_there(recording: Recording, segments: list[RecordingSegment]) -> list[RecordingSegment]:
    """The segments whose file is on disk: all of them, since all were acknowledged.

    A disk that is missing may be back at the next try. At the last try what is there, and undamaged, is kept, and the
    log names what is lost.

    Raises FileNotFoundError.
    """
    is_last_try = recording.tries > TRIES_AT_FILM
    there = [each for each in segments if upload_store.exists(each.part) and (not is_last_try or _is_undamaged(each))]
    lost = [segment.part for segment in segments if segment not in there]
    if lost and (not is_last_try or not there):
        raise FileNotFoundError(f"Not in PARTS_DIR: {', '.join(lost)}")
    if lost:
        logger.error("Recording %s goes without what is not in PARTS_DIR: %s", recording.pk, ", ".join(lost))
    return there


def _is_undamaged(segment: RecordingSegment) -> bool:
    try:
        with upload_store.opened(segment.part, segment.size) as pieces:
            while pieces.read(LARGEST_READ):
                pass
    except DamagedFileError:
        return False
    return True


def _make(recording: Recording, segments: list[RecordingSegment], folder: Path) -> Made:
    sources = [_plain(segment, folder) for segment in segments]
    program = ffmpeg.find() if recording.tries <= TRIES_AT_FILM else None
    film = films.make(program, sources, folder) if program else None
    if film and film.path:
        return _made_of(film, film.path, segments, sources, folder)
    if len(segments) == 1:
        return Made(sources[0], segments[0].content_type, is_raw=True)
    return Made(_packed(list(zip(segments, sources, strict=True)), folder), "application/zip", is_raw=True)


def _made_of(film: films.Film, path: Path, segments: list[RecordingSegment], sources: list[Path], folder: Path) -> Made:
    for segment, stretch in zip(segments, film.stretches, strict=True):
        segment.duration = stretch.reading.seconds if stretch else 0
        segment.is_beside = not (stretch and stretch.is_whole)
    beside = [pair for pair in zip(segments, sources, strict=True) if pair[0].is_beside]
    archive = _packed(beside, folder) if beside else None
    return Made(path, film.content_type, film.seconds, beside=archive)


def _plain(segment: RecordingSegment, folder: Path) -> Path:
    """The segment's file as ffmpeg takes it: one that is encrypted is decrypted into the working folder."""
    if not upload_store.is_sealed(segment.part):
        return _trimmed(segment)
    path = folder / f"plain-{segment.place}"
    with upload_store.opened(segment.part, segment.size) as pieces, path.open("wb") as plain:
        shutil.copyfileobj(pieces, plain, LARGEST_READ)
    return path


def _trimmed(segment: RecordingSegment) -> Path:
    """The segment's file, cut where a transaction that did not commit has left more in it."""
    path = upload_store.path_of(segment.part)
    if path.stat().st_size > segment.size:
        with path.open("r+b") as file:
            file.truncate(segment.size)
    return path


def _packed(pieces: Sequence[tuple[RecordingSegment, Path]], folder: Path) -> Path:
    """An archive of raw pieces, which do not play as one file."""
    target = folder / "pieces.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for segment, source in pieces:
            archive.write(source, f"{segment.place + 1}.{_ending(segment.content_type)}")
    return target


def _conclude(recording: Recording, segments: list[RecordingSegment], made: Made) -> None:
    key = f"{recording.session.key}-{recording.pk}"
    saved = {"file": _store(recording, made.path, f"{key}.{_ending(made.content_type)}")}
    if made.beside:
        saved["beside"] = _store(recording, made.beside, f"{key}-beside.zip")
    _put_on_record(recording, segments, made, saved)


def _store(recording: Recording, path: Path, file_name: str) -> str:
    field = recording._meta.get_field("file")
    wanted = field.generate_filename(recording, file_name)
    # Left by a run that was killed after saving the file and before putting it on record.
    field.storage.delete(wanted)
    with path.open("rb") as file:
        return field.storage.save(wanted, File(file))


@transaction.atomic
def _put_on_record(recording: Recording, segments: list[RecordingSegment], made: Made, saved: dict[str, str]) -> None:
    session = SupportSession.objects.get(pk=recording.session_id).locked()
    recording = recording.locked()
    if recording.state != Recording.State.FINISHING:
        # Erased in the meantime, perhaps with the whole record.
        for name in saved.values():
            recording.file.storage.delete(name)
        return
    for segment in segments:
        segment.save(update_fields=["duration", "is_beside"])
    size = made.path.stat().st_size
    recording.mark_ready(**saved, content_type=made.content_type, size=size, duration=made.duration, is_raw=made.is_raw)
    record(session.stream, events.recording_saved(recording))


@transaction.atomic
def _conclude_empty(recording: Recording) -> None:
    recording = recording.locked()
    if recording.state == Recording.State.FINISHING:
        recording.state = Recording.State.EMPTY
        recording.save(update_fields=["state"])


def _ending(content_type: str) -> str:
    return {"video/mp4": "mp4", "application/zip": "zip"}.get(content_type, "webm")
