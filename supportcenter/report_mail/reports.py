"""Which reports can be sent. Apps above register theirs; this one knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supportcenter.accounts.models import User
from supportcenter.reporting.days import Span
from supportcenter.reporting.tables import Kind, Table

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Figure:
    """One number that sums up the days."""

    title: StrOrPromise
    value: float | None
    kind: Kind = Kind.NUMBER


@dataclass(frozen=True)
class Reading:
    """What a report says of some days."""

    figures: Sequence[Figure]
    table: Table


@dataclass(frozen=True)
class MailedReport:
    name: str
    title: StrOrPromise
    # Its page, by the name of its URL: it takes `since` and `until`.
    page: str
    may_read: Callable[[User], bool]
    read: Callable[[User, Span], Reading]
    # The columns of its table that a message has room for.
    shown: Sequence[int]


_reports: dict[str, MailedReport] = {}


def register_report(report: MailedReport) -> None:
    _reports[report.name] = report


def report_named(name: str) -> MailedReport | None:
    return _reports.get(name)


def reports_for(user: User) -> list[MailedReport]:
    """Those that the user may read."""
    return [report for report in _reports.values() if report.may_read(user)]
