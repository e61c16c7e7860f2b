"""What each representative did: as a table to be saved, and summed up for a report by mail."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from sessions_app.queries.figures import CsrFigures, figures_by_csr
from supportcenter.accounts.models import User
from supportcenter.report_mail.reports import Figure, Reading
from supportcenter.reporting.days import Span
from supportcenter.reporting.numbers import average
from supportcenter.reporting.tables import Column, Kind, Table

# The column headings of the file are the words of the page.
CSR_COLUMNS = {
    "name": Column(_("Support Representative")),
    "sessions": Column(_("Sessions"), Kind.NUMBER),
    "assisted": Column(_("Assisted"), Kind.NUMBER),
    "customers": Column(_("Customers"), Kind.NUMBER),
    "total_length": Column(_("Total length"), Kind.LENGTH, _("Total length in seconds")),
    "average_length": Column(_("Average length"), Kind.LENGTH, _("Average length in seconds")),
    "average_rating": Column(_("Rating"), Kind.NUMBER),
}


def csr_table(figures: Collection[CsrFigures]) -> Table:
    rows = ([getattr(one, column) for column in CSR_COLUMNS] for one in figures)
    return Table("representatives", _("Representatives"), [*CSR_COLUMNS.values()], rows)


def read_representatives(user: User, span: Span) -> Reading:
    """A session is counted once, for the one who was in control last."""
    figures = figures_by_csr(user, span)
    sessions, length = sum(one.sessions for one in figures), sum(one.total_length for one in figures)
    rating = average(sum(one.rated for one in figures), sum(one.ratings for one in figures))
    summed = [
        Figure(_("Sessions"), sessions),
        Figure(_("Customers"), sum(one.customers for one in figures)),
        Figure(_("Average length"), round(length / sessions) if sessions else None, Kind.LENGTH),
        Figure(_("Rating"), rating),
    ]
    return Reading(summed, csr_table(figures))
