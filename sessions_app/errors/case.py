"""Refusals about what staff keep of a session: its notes, tracking fields and tags, and the form after the end."""

from django.utils.translation import gettext_lazy as _

from supportcenter.refusals import Conflict, Refused


class NoteRefused(Refused):
    """Empty, too long, or with a null byte."""

    code = "note_refused"
    status = 422
    message = _("Write a note first.")


class NotesFull(Conflict):
    code = "notes_full"
    message = _("This session has as many notes as it can have.")


class DetailsRefused(Refused):
    """A value that its field does not take, or a field or tag that is not in use."""

    code = "details_refused"
    status = 422
    message = _("The details have changed in the meantime. Reload the page and try again.")


class NotEndedYet(Conflict):
    code = "not_ended_yet"
    message = _("You can fill in the closing form once the session has ended.")


class NoClosingForm(Conflict):
    """Neither the site nor the queue asked for it when the session ended."""

    code = "no_closing_form"
    message = _("This session has no closing form.")


class ClosingIncomplete(Refused):
    """A reason or a field is required."""

    code = "closing_incomplete"
    status = 422
    message = _("Choose a reason and fill in the required fields.")
