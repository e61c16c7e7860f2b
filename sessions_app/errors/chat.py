"""Refusals about lines of the chat that are on record already."""

from django.utils.translation import gettext_lazy as _

from supportcenter.refusals import Conflict, Refused


class NoSuchReaction(Refused):
    code = "no_such_reaction"
    status = 422
    message = _("There is no such reaction.")


class LineTakesNoReaction(Conflict):
    """It was deleted, or not all customers who are there read it (E48)."""

    code = "line_takes_no_reaction"
    message = _("This message was deleted.")


class LineIsFixed(Conflict):
    """It was said too long ago, or in a conversation that is closed, or was changed too often, or is about a file."""

    code = "line_is_fixed"
    message = _("This message can no longer be changed.")
