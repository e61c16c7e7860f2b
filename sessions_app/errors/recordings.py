"""Refusals about recordings."""

from django.utils.translation import gettext_lazy as _

from supportcenter.refusals import Conflict, Forbidden, Gone, Refused


class NotAnnouncedYet(Conflict):
    """E43: nothing is recorded before everybody has been told."""

    code = "not_announced_yet"
    message = _("Everyone must be told first that the session will be recorded.")


class RecordingIsRequired(Forbidden):
    code = "recording_is_required"
    message = _("This site records every session. You can pause the recording but not stop it.")


class RecordingOver(Gone):
    code = "recording_over"
    message = _("This recording has ended.")


class ChunkOutOfOrder(Conflict):
    """A piece of a recording is missing; `facts["expected"]` is its number."""

    code = "chunk_out_of_order"
    message = _("Part of the recording is missing.")


class ChunkRefused(Refused):
    code = "chunk_refused"
    status = 422
    message = _("This is not part of a recording.")


class ChunkNotStored(Refused):
    """The disk is away. That passes: the page keeps the piece, and sends it again."""

    code = "chunk_not_stored"
    status = 503
    message = _("The site cannot store the recording right now. This page keeps it and tries again.")


class ChunkTooLarge(Refused):
    code = "chunk_too_large"
    status = 413
    message = _("This part of the recording is too large.")
