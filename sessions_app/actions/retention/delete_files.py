"""Letting go of what storage keeps.

The file goes before the row that names it: should anything fail in between, the row still says what is to be done, and
deleting a file that is gone does no harm.
"""

from sessions_app.models import Recording
from sessions_app.storage.upload_store import discard


def drop_file(transfer):
    """Delete what the server has of a file that was sent; the row keeps its name and size (E42)."""
    discard(f"files/{transfer.pk}")
    _drop(transfer)


def drop_recording(recording):
    """What is being finished right now is kept no longer either: whoever is at it finds that out when he is done."""
    discard(f"recordings/{recording.pk}")
    recording.segments.all().delete()
    if recording.state == Recording.State.FINISHING:
        recording.state = Recording.State.READY
        recording.save(update_fields=["state"])
    if recording.beside:
        recording.beside.delete(save=False)
        recording.save(update_fields=["beside"])
    _drop(recording)


def _drop(row):
    if row.file:
        row.file.delete(save=False)
        row.save(update_fields=["file"])
