"""Refusals about files on their way."""

from django.utils.translation import gettext_lazy as _

from supportcenter.refusals import Conflict, Refused


class NobodyToSendTo(Conflict):
    code = "nobody_to_send_to"
    message = _("There is no one in the session to send files to.")


class OfferPending(Conflict):
    """One box with files at a time: the page offers the next ones when this is answered."""

    code = "offer_pending"
    message = _("Your last files have not been answered yet. Wait for the answer, then send more.")


class FileRefused(Refused):
    """Something about a file itself is wrong; each has its own sentence."""

    code = "file_refused"
    status = 422


class NoFile(FileRefused):
    code = "no_file"
    message = _("Choose at least one file.")


class FileIsEmpty(FileRefused):
    code = "file_is_empty"


class FileTooLarge(FileRefused):
    code = "file_too_large"


class FileKindRefused(FileRefused):
    code = "file_kind_refused"


class TooManyFiles(FileRefused):
    code = "too_many_files"


class BlockHasWrongLength(FileRefused):
    code = "block_has_wrong_length"
    message = _("Part of the file arrived with the wrong length. It is being sent again.")


class BlockDiffers(FileRefused):
    code = "block_differs"
    message = _("Part of the file arrived damaged. It is being sent again.")


class BlockOutOfOrder(Conflict):
    """`facts["expected"]` is where the upload goes on."""

    code = "block_out_of_order"
    message = _("Parts of the file arrived out of order. The transfer continues from the last good one.")


class FileNotComplete(Conflict):
    code = "file_not_complete"
    message = _("The file has not fully arrived yet.")


class FileOver(Conflict):
    """It has arrived, or has been stopped; or nobody has said yes to it yet."""

    code = "file_over"
    message = _("This file is no longer being sent.")


class NotAllowedYet(Conflict):
    code = "not_allowed_yet"
    message = _("The other side has not accepted this file yet.")


class MustBeScanned(Conflict):
    code = "must_be_scanned"
    message = _("On this site, every file must go through the virus scanner.")
