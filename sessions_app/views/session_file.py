"""The list of sessions as a table for spreadsheets, in the words of the page."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sessions_app.forms.reports import SessionFilterForm
from sessions_app.models import SupportSession, TrackingField
from sessions_app.queries.session_lines import FileLine
from supportcenter.reporting.tables import Column, Kind

_COLUMNS = [
    Column(_("Session number")),
    Column(pgettext_lazy("time", "Started"), Kind.TIME),
    Column(pgettext_lazy("time", "Ended"), Kind.TIME),
    Column(_("Length"), Kind.LENGTH, _("Length in seconds")),
    Column(_("Representatives")),
    Column(_("Customers")),
    Column(_("State")),
    Column(_("How it ended")),
    Column(_("Rating"), Kind.NUMBER),
]


def session_columns(fields: Iterable[TrackingField]) -> list[Column]:
    """Those of all sites, and then what staff keep about sessions on this one."""
    tracked = [Column(field.label) for field in fields]
    return [*_COLUMNS, *tracked, Column(_("Tags")), Column(_("Closing reason"))]


def session_rows(lines: Iterable[FileLine], fields: Sequence[TrackingField]) -> Iterator[list[object]]:
    """A row for each line. Words are looked up once, when the first row is made: in the language of the reader."""
    states = {state: str(word) for state, word in SessionFilterForm.STATES}
    reasons = {"": "", **{reason: str(word) for reason, word in SupportSession.EndReason.choices}}
    for line in lines:
        yield [
            line.number,
            line.started_at,
            line.ended_at,
            line.length,
            ", ".join(line.people.csrs.values()),
            ", ".join(line.people.customers.values()),
            states[line.state],
            reasons[line.end_reason],
            line.rating,
            *(line.case.tracking.get(field.pk, "") for field in fields),
            ", ".join(line.case.tags),
            line.case.reason,
        ]
