"""Refusals about lines of the chat that are on record already."""

from django.utils.translation import gettext_lazy as _

from supportcenter.refusals import Conflict


class LineIsFixed(Conflict):
    """It was said too long ago, or in a conversation that is closed, or was changed too often, or is about a file."""

    code = "line_is_fixed"
    message = _("This message can no longer be changed.")
