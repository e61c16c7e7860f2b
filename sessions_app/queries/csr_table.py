"""What each representative did: as a table to be saved, and summed up for a report by mail."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from sessions_app.queries.figures import CsrFigures, figures_by_csr, summed
from supportcenter.accounts.models import User
from supportcenter.report_mail.reports import Figure, Reading
from supportcenter.reporting.days import Span
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
    total = summed(figures)
    said = [
        Figure(_("Sessions"), total.sessions),
        Figure(_("Customers"), total.customers),
        Figure(_("Average length"), total.average_length, Kind.LENGTH),
        Figure(_("Rating"), total.average_rating),
    ]
    return Reading(said, csr_table(figures))
