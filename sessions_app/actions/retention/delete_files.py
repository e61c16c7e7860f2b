"""Delete what storage keeps of a row.

The file goes before the row that names it. If anything fails in between, the row still says what is to be deleted, and
deleting a file that is gone does no harm.
"""

from sessions_app.models import FileTransfer, Recording
from sessions_app.storage.upload_store import discard


def delete_file(transfer: FileTransfer) -> None:
    """Delete what the server has of a file that was sent; the row keeps its name and size (E42)."""
    discard(transfer.parts)
    _delete_stored(transfer)


def delete_recording(recording: Recording) -> None:
    """Delete what the server has of a recording; the row stays.

    One that is being finalized is deleted too: the job notices it before it puts the file on record.
    """
    discard(recording.parts)
    recording.segments.all().delete()
    if recording.state == Recording.State.FINISHING:
        recording.state = Recording.State.READY
        recording.save(update_fields=["state"])
    if recording.beside:
        recording.beside.delete(save=False)
        recording.save(update_fields=["beside"])
    _delete_stored(recording)


def _delete_stored(row: FileTransfer | Recording) -> None:
    if row.file:
        row.file.delete(save=False)
        row.save(update_fields=["file"])
