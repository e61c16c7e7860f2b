"""Which uploads a backup has to hold: what the site has told browsers that it has."""

from collections.abc import Iterator

from django.apps.registry import Apps

from sessions_app.storage.block_digests import DIGEST_BYTES, blocks_of
from sessions_app.storage.upload_store import as_kept
from supportcenter.backups.uploads import Upload, names_uploads


@names_uploads
def files(apps: Apps) -> Iterator[Upload]:
    transfers = apps.get_model("sessions_app", "FileTransfer").objects
    under_way = transfers.filter(state__in=["offered", "moving", "paused", "checking"], received__gt=0)
    for pk, received in under_way.values_list("pk", "received"):
        blocks = blocks_of(received)
        yield Upload(*as_kept(f"files/{pk}/data", received, blocks))
        yield Upload(*as_kept(f"files/{pk}/digests", blocks * DIGEST_BYTES, blocks))


@names_uploads
def recordings(apps: Apps) -> Iterator[Upload]:
    segments = apps.get_model("sessions_app", "RecordingSegment").objects
    # Once there is a film, only the rows of its segments stay.
    under_way = segments.filter(size__gt=0, recording__state__in=["running", "finishing"])
    for recording, place, size, chunks in under_way.values_list("recording_id", "place", "size", "chunks"):
        yield Upload(*as_kept(f"recordings/{recording}/{place}", size, chunks))
