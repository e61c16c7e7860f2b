"""What becomes of a file for which the server has no space left."""

from django.db import transaction

from sessions_app.actions.activities.stop_files import stop_file
from sessions_app.actions.files.settle import settle
from sessions_app.models import FileTransfer


@transaction.atomic
def end_without_space(transfer: FileTransfer) -> None:
    """Stop it, which frees what it had taken, and tell both sides why. One that is over stays as it is."""
    session = transfer.session.locked()
    transfer = FileTransfer.objects.select_related("activity", "sender").get(pk=transfer.pk)
    if transfer.is_alive:
        stop_file(session, transfer, FileTransfer.StopReason.NO_SPACE)
        settle(session, transfer, by=None)
