"""An upload that is complete: looked at by the scanner, if the site has one, and given to the storage."""

import logging
import secrets

from django.conf import settings
from django.core.files import File
from django.db import transaction

from sessions_app.actions.files.transfers import fail_file, finish_file
from sessions_app.actions.idle_clock import touch
from sessions_app.models import FileTransfer
from sessions_app.storage import upload_store
from sessions_app.storage.virus_scanner import ScannerError, find_virus

logger = logging.getLogger(__name__)
Why = FileTransfer.StopReason


class Upload(File):
    """Django's storage of files on disk moves what has this, instead of copying it."""

    def temporary_file_path(self):
        return self.file.name


def keep_file(transfer):
    """Release a complete upload to those in the session, or say why not. Doing it twice does no harm."""
    if transfer.state != FileTransfer.State.CHECKING:
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
    except (OSError, ScannerError):
        logger.warning("File %s could not be kept", transfer.pk, exc_info=True)
        _settle(transfer, Why.FAILED)


def _put_away(transfer, upload):
    """Under a name of ours: the sender's is for people."""
    name = transfer.file.field.generate_filename(transfer, secrets.token_urlsafe(16))
    return transfer.file.storage.save(name, Upload(upload))


@transaction.atomic
def _settle(transfer, reason=None, *, kept=None):
    session = transfer.session.locked()
    transfer = FileTransfer.objects.select_related("sender").get(pk=transfer.pk)
    if transfer.state != FileTransfer.State.CHECKING:
        # Stopped meanwhile: nobody is to have it.
        if kept:
            transfer.file.storage.delete(kept)
        return
    if kept:
        transfer.file.name = kept
        finish_file(session, transfer)
    else:
        fail_file(session, transfer, reason)
    touch(session)
