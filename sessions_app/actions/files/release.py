"""Release a complete upload: the virus scanner, if the site has one, looks at it, and the storage keeps it."""

import logging
import secrets
from typing import IO

from django.conf import settings
from django.core.files import File
from django.db import transaction

from sessions_app.actions.files.transfers import fail_file, finish_file
from sessions_app.actions.idle_clock import touch
from sessions_app.models import FileTransfer
from sessions_app.storage import upload_store
from sessions_app.storage.virus_scanner import ScannerError, find_virus
from supportcenter.refusals.storage_full import is_storage_full

logger = logging.getLogger(__name__)
Why = FileTransfer.StopReason


class Upload(File):  # type: ignore[type-arg]
    """An upload on disk, which Django's file storage moves instead of copying because it has this method."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def release_file(transfer: FileTransfer) -> None:
    """Release a complete upload to those in the session, or stop it and tell them why. Doing it twice does no harm."""
    if transfer.state != FileTransfer.State.CHECKING:
        return
    if _is_put_away(transfer):
        _settle(transfer, kept=transfer.file.name)
        return
    try:
        with upload_store.path_of(f"{transfer.parts}/data").open("rb") as upload:
            virus = find_virus(upload, settings.CLAMD_URL) if settings.CLAMD_URL else None
            if virus:
                logger.warning("The scanner refused file %s: %s", transfer.pk, virus)
                _settle(transfer, Why.INFECTED)
            else:
                upload.seek(0)
                _settle(transfer, kept=_put_away(transfer, upload))
    except (OSError, ScannerError) as error:
        if is_storage_full(error):
            # It has arrived: it waits where it is until there is room, and the job is tried again.
            raise
        logger.warning("File %s could not be kept", transfer.pk, exc_info=True)
        _settle(transfer, Why.FAILED)


def _put_away(transfer: FileTransfer, upload: IO[bytes]) -> str:
    """Store the upload under a random name, which is returned; the sender's is only ever shown.

    The name is noted first: if what follows the move fails, the next run finds the file.
    """
    if not transfer.file:
        transfer.file.name = transfer.file.field.generate_filename(transfer, secrets.token_urlsafe(16))
        transfer.save(update_fields=["file"])
    # Left by a run that was ended while it copied.
    transfer.file.storage.delete(transfer.file.name)
    return transfer.file.storage.save(transfer.file.name, Upload(upload))


def _is_put_away(transfer: FileTransfer) -> bool:
    """Whether an earlier run stored it, and could not say so any more."""
    moved = not upload_store.path_of(f"{transfer.parts}/data").exists()
    return bool(moved and transfer.file and transfer.file.storage.exists(transfer.file.name))


@transaction.atomic
def _settle(transfer: FileTransfer, reason: FileTransfer.StopReason = Why.FAILED, *, kept: str = "") -> None:
    session = transfer.session.locked()
    transfer = FileTransfer.objects.select_related("sender").get(pk=transfer.pk)
    if transfer.state != FileTransfer.State.CHECKING:
        # Stopped in the meantime: nobody is to have it.
        if kept:
            transfer.file.storage.delete(kept)
        return
    if kept:
        transfer.file.name = kept
        finish_file(session, transfer)
    else:
        fail_file(session, transfer, reason)
    touch(session)
