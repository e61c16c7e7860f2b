"""Queues and agents: as a table to be saved, and the queues summed up for a report by mail."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.models import User
from supportcenter.report_mail.reports import Figure, Reading
from supportcenter.reporting.days import Span
from supportcenter.reporting.tables import Column, Kind, Table
from webacd.queries.queues import managed_queues
from webacd.queries.statistics import Statistics, statistics_by_agent, statistics_by_queue, summed

COLUMNS = {
    "name": Column(_("Name")),
    "offered": Column(_("Arrived"), Kind.NUMBER),
    "answered": Column(_("Answered"), Kind.NUMBER),
    "abandoned": Column(_("Abandoned"), Kind.NUMBER),
    "lost_otherwise": Column(_("Other exits"), Kind.NUMBER),
    "average_wait": Column(_("Average wait"), Kind.LENGTH, _("Average wait in seconds")),
    "longest_wait": Column(_("Longest wait"), Kind.LENGTH, _("Longest wait in seconds")),
    "abandonment": Column(_("Abandonment rate"), Kind.PERCENT, _("Abandonment rate in per cent")),
    "target": Column(_("Target"), Kind.LENGTH, _("Target in seconds")),
    "service_level_of_answered": Column(
        _("Answered within target"), Kind.PERCENT, _("Answered within target, in per cent")
    ),
    "service_level_of_all": Column(
        _("Answered within target, of answered and abandoned"),
        Kind.PERCENT,
        _("Answered within target, of answered and abandoned, in per cent"),
    ),
}


def queue_table(queues: Sequence[Statistics], agents: Sequence[Statistics]) -> Table:
    columns = [Column(_("Queue or agent")), *COLUMNS.values()]
    return Table("queues", _("Queues"), columns, _rows(queues, agents))


def read_queues(user: User, span: Span) -> Reading:
    queues = list(managed_queues(user))
    by_queue = statistics_by_queue(queues, *span)
    all_of_them = summed(by_queue)
    figures = [
        Figure(COLUMNS["offered"].title, all_of_them.offered),
        Figure(COLUMNS["answered"].title, all_of_them.answered),
        Figure(COLUMNS["abandoned"].title, all_of_them.abandoned),
        Figure(COLUMNS["average_wait"].title, all_of_them.average_wait, Kind.LENGTH),
        Figure(COLUMNS["longest_wait"].title, all_of_them.longest_wait, Kind.LENGTH),
        Figure(COLUMNS["service_level_of_answered"].title, all_of_them.service_level_of_answered, Kind.PERCENT),
    ]
    return Reading(figures, queue_table(by_queue, statistics_by_agent(queues, *span)))


def _rows(queues: Sequence[Statistics], agents: Sequence[Statistics]) -> Iterator[list[object]]:
    for kind, each in ((gettext("Queue"), queues), (gettext("Agent"), agents)):
        yield from ([kind, *(getattr(figures, column) for column in COLUMNS)] for figures in each)
