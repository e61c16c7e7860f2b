"""Release a complete upload: the virus scanner, if the site has one, looks at it, and the storage keeps it."""

import errno
import logging
import secrets
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.db import transaction

from sessions_app.actions.files.transfers import fail_file, finish_file
from sessions_app.actions.idle_clock import touch
from sessions_app.models import FileTransfer
from sessions_app.rules.storage_limits import has_space
from sessions_app.storage import upload_store
from sessions_app.storage.virus_scanner import ScannerError, find_virus
from supportcenter.accounts.models import SitePolicy
from supportcenter.files_keys import newest_key
from supportcenter.refusals.storage_full import is_storage_full

# How much of each disk's floor has to stay free while an upload is encrypted.
PART_OF_FLOOR = 0.5

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
        with upload_store.opened(_data(transfer), transfer.size) as upload:
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
        _discard_half(transfer)
        _settle(transfer, Why.FAILED)


def _put_away(transfer: FileTransfer, upload: IO[bytes]) -> str:
    """Store the upload under a random name, which is returned; the sender's is only ever shown.

    The name is noted first: if what follows the move fails, the next run finds the file.
    """
    is_moved = not (newest_key() or upload_store.is_sealed(_data(transfer)))
    if not transfer.file:
        transfer.file.name = transfer.file.field.generate_filename(transfer, secrets.token_urlsafe(16))
        transfer.save(update_fields=["file"])
    # Left by a run that was ended while it copied.
    transfer.file.storage.delete(transfer.file.name)
    if not is_moved:
        _require_room(transfer)
    return transfer.file.storage.save(transfer.file.name, Upload(upload) if is_moved else File(upload))


def _require_room(transfer: FileTransfer) -> None:
    """Encrypted, it is there twice for a moment; for that, half of the floor may be used."""
    on_disk = isinstance(transfer.file.storage, FileSystemStorage)
    if on_disk and not has_space(SitePolicy.current(), size=transfer.size, part_of_floor=PART_OF_FLOOR):
        raise OSError(errno.ENOSPC, "There is no room to keep the upload, so it waits until there is")


def _is_put_away(transfer: FileTransfer) -> bool:
    """Whether an earlier run stored it, and could not say so any more."""
    moved = not upload_store.exists(_data(transfer))
    return bool(moved and transfer.file and transfer.file.storage.exists(transfer.file.name))


def _discard_half(transfer: FileTransfer) -> None:
    """What was kept of it before it broke off."""
    if transfer.file:
        transfer.file.storage.delete(transfer.file.name)


def _data(transfer: FileTransfer) -> str:
    return f"{transfer.parts}/data"


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
