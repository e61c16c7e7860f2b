"""Take in a file that goes through the server, block by block."""

from collections.abc import Sequence

from django.db import transaction

from sessions_app.actions.files.no_space import end_without_space
from sessions_app.errors import (
    BlockDiffers,
    BlockHasWrongLength,
    BlockOutOfOrder,
    FileOver,
    NoSpaceLeft,
    NotYours,
)
from sessions_app.models import FileTransfer, Participant
from sessions_app.rules.storage_limits import ON_THEIR_WAY, require_space
from sessions_app.storage import upload_store
from sessions_app.storage.block_digests import BLOCK, DIGEST_BYTES, blocks_in, digest_of_block, length_at
from supportcenter.accounts.models import SitePolicy
from supportcenter.refusals import require


def take_blocks(
    transfer: FileTransfer, *, offset: int, data: bytes, digests: Sequence[str], by: Participant
) -> FileTransfer:
    """Append consecutive blocks to an upload; blocks that are there already change nothing.

    An upload for which no space is left ends, and both sides are told.

    Raises NotYours, FileOver, BlockOutOfOrder, BlockHasWrongLength, BlockDiffers, NoSpaceLeft.
    """
    try:
        return _append(transfer, offset, data, digests, by)
    except NoSpaceLeft:
        end_without_space(transfer)
        raise


@transaction.atomic
def _append(transfer: FileTransfer, offset: int, data: bytes, digests: Sequence[str], by: Participant) -> FileTransfer:
    # Only the file's own row is locked: blocks come by the hundred, and whatever stops a file changes that row.
    transfer = FileTransfer.objects.select_for_update().get(pk=transfer.pk)
    require(transfer.sender_id == by.pk, NotYours)
    require(transfer.state in ON_THEIR_WAY and transfer.way == FileTransfer.Way.SERVER, FileOver)
    if offset + len(data) <= transfer.received:
        return transfer
    require(offset == transfer.received, BlockOutOfOrder, expected=transfer.received)
    wanted = sum(length_at(transfer.size, offset + number * BLOCK) for number in range(len(digests)))
    require(len(data) == wanted, BlockHasWrongLength)
    require([digest_of_block(block) for block in blocks_in(data)] == digests, BlockDiffers)
    require_space(SitePolicy.current(), size=len(data))
    _write(transfer, offset, blocks_in(data), digests)
    transfer.mark_received(offset + len(data))
    return transfer


def _write(transfer: FileTransfer, offset: int, blocks: Sequence[bytes], digests: Sequence[str]) -> None:
    before = offset // BLOCK
    each = [bytes.fromhex(digest) for digest in digests]
    try:
        upload_store.write_at(f"{transfer.parts}/data", offset, *blocks, before=before)
        upload_store.write_at(f"{transfer.parts}/digests", before * DIGEST_BYTES, *each, before=before)
    except OSError as error:
        if error.errno in upload_store.NO_SPACE:
            raise NoSpaceLeft from error
        raise
