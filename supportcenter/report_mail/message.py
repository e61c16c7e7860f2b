"""The message of a subscription, in the person's language: figures in text and HTML, and the table attached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language_bidi, override

from supportcenter.accounts.models import SitePolicy
from supportcenter.report_mail.comparison import Compared, compared, in_words
from supportcenter.report_mail.links import stop_link
from supportcenter.report_mail.models import Subscription
from supportcenter.report_mail.reports import MailedReport, Reading, report_named
from supportcenter.report_mail.schedule import Days
from supportcenter.reporting.days import day_span
from supportcenter.reporting.table_file import XLSX, table_file
from supportcenter.reporting.tables import Table
from supportcenter.text.addresses import deliverable
from supportcenter.whole_addresses import whole_address

# Rows of the table in the message itself.
ROWS_SHOWN = 15
TYPES = {"xlsx": XLSX, "csv": "text/csv"}


@dataclass(frozen=True)
class Words:
    """What the templates say."""

    subscription: Subscription
    title: str
    days: Days
    before: Days
    figures: list[Compared]
    head: list[str]
    rows: list[list[str]]
    more: int
    page: str
    stop: str
    is_rtl: bool
    language: str
    site_name: str

    @property
    def is_one_day(self) -> bool:
        return self.days.first == self.days.last


def message_of(subscription: Subscription, due: datetime) -> EmailMultiAlternatives:
    """The report of the days before `due`, as it is now."""
    user, report = subscription.user, report_named(subscription.report)
    assert report is not None, "begin_sending has asked for it."
    with override(user.language), timezone.override(timezone.get_default_timezone()):
        days = subscription.schedule.days_of(due)
        table, words = _read(subscription, report, days)
        texts = {"words": words}
        message = EmailMultiAlternatives(
            " ".join(render_to_string("report_mail/email/subject.txt", texts).split()),
            render_to_string("report_mail/email/body.txt", texts),
            to=[deliverable(user.email)],
            headers=_headers(words),
        )
        message.attach_alternative(render_to_string("report_mail/email/body.html", texts), "text/html")
        if subscription.attachment in TYPES:
            ending: Any = subscription.attachment
            name = f"{table.name}-{days.first}-{days.last}.{ending}"
            message.attach(name, table_file(table, ending).getvalue(), TYPES[ending])
    return message


def _read(subscription: Subscription, report: MailedReport, days: Days) -> tuple[Table, Words]:
    user, before = subscription.user, subscription.schedule.days_before(days)
    reading, earlier = (_reading(subscription, report, each) for each in (days, before))
    rows = [list(row) for row in reading.table.rows]
    table = Table(reading.table.name, reading.table.title, reading.table.columns, rows)
    query = urlencode({"since": days.first.isoformat(), "until": days.last.isoformat()})
    return table, Words(
        subscription=subscription,
        title=str(report.title),
        days=days,
        before=before,
        figures=[*compared(reading.figures, earlier.figures)],
        head=[str(table.columns[place].title) for place in report.shown],
        rows=_in_words(table, rows[:ROWS_SHOWN], report.shown),
        more=max(0, len(rows) - ROWS_SHOWN),
        page=f"{whole_address(report.page)}?{query}",
        stop=stop_link(subscription),
        is_rtl=get_language_bidi(),
        language=user.language,
        site_name=SitePolicy.current().name,
    )


def _reading(subscription: Subscription, report: MailedReport, days: Days) -> Reading:
    return report.read(subscription.user, day_span(days.first, days.last, subscription.schedule.zone))


def _in_words(table: Table, rows: Iterable[list[object]], shown: Iterable[int]) -> list[list[str]]:
    places = [*shown]
    return [[in_words(row[place], table.columns[place].kind) for place in places] for row in rows]


def _headers(words: Words) -> dict[str, str]:
    return {"Content-Language": words.language, "List-Unsubscribe": f"<{words.stop}>"}
