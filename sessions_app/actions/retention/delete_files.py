"""Delete what storage keeps of rows.

A file goes before the row that names it. If anything fails in between, the row still says what is to be deleted, and
deleting a file that is gone does no harm.
"""

from collections.abc import Iterable

from sessions_app.models import FileTransfer, Recording, RecordingSegment
from sessions_app.storage.upload_store import discard


def delete_file(transfer: FileTransfer) -> None:
    """Delete what the server has of a file that was sent; the row keeps its name and size (E42)."""
    delete_files([transfer])


def delete_files(transfers: Iterable[FileTransfer]) -> None:
    """As `delete_file`, of many. If the storage fails with one, those before it are done."""
    done: list[FileTransfer] = []
    try:
        for transfer in transfers:
            _delete_stored(transfer)
            done.append(transfer)
    finally:
        FileTransfer.objects.filter(pk__in=[transfer.pk for transfer in done]).update(file="")


def delete_recording(recording: Recording) -> None:
    """Delete what the server has of a recording; the row stays.

    One that is being finalized is deleted too: the job notices it before it puts the file on record.
    """
    delete_recordings([recording])


def delete_recordings(recordings: Iterable[Recording]) -> None:
    """As `delete_recording`, of many. If the storage fails with one, those before it are done."""
    done: list[Recording] = []
    _stop_finalizing(recordings := list(recordings))
    try:
        for recording in recordings:
            _delete_stored(recording)
            if recording.beside:
                recording.beside.delete(save=False)
            done.append(recording)
    finally:
        if gone := [recording.pk for recording in done]:
            RecordingSegment.objects.filter(recording__in=gone).delete()
            Recording.objects.filter(pk__in=gone).update(file="", beside="")


def _stop_finalizing(recordings: Iterable[Recording]) -> None:
    waiting = [one for one in recordings if one.state == Recording.State.FINISHING]
    for recording in waiting:
        recording.state = Recording.State.READY
    ready = [recording.pk for recording in waiting]
    Recording.objects.filter(pk__in=ready).update(state=Recording.State.READY)


def _delete_stored(row: FileTransfer | Recording) -> None:
    discard(row.parts)
    if row.file:
        row.file.delete(save=False)
