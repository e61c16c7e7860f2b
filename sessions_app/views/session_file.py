"""The list of sessions as a table for spreadsheets, in the words of the page."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sessions_app.forms import SessionFilterForm
from sessions_app.models import SupportSession
from sessions_app.queries.session_lines import FileLine

SESSION_HEAD = [
    _("Session number"),
    pgettext_lazy("time", "Started"),
    pgettext_lazy("time", "Ended"),
    _("Length in seconds"),
    _("Representatives"),
    _("Customers"),
    _("State"),
    _("How it ended"),
    _("Rating"),
]


def session_rows(lines: Iterable[FileLine]) -> Iterator[list[object]]:
    """A row for each line. Words are looked up once, when the first row is made: in the language of the reader."""
    zone = timezone.get_current_timezone()
    states = {state: str(word) for state, word in SessionFilterForm.STATES}
    reasons = {"": "", **{reason: str(word) for reason, word in SupportSession.EndReason.choices}}
    for line in lines:
        yield [
            line.number,
            line.started_at.astimezone(zone).isoformat(timespec="seconds"),
            line.ended_at and line.ended_at.astimezone(zone).isoformat(timespec="seconds"),
            line.length,
            ", ".join(line.people.csrs.values()),
            ", ".join(line.people.customers.values()),
            states[line.state],
            reasons[line.end_reason],
            line.rating,
        ]
