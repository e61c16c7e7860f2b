"""Files of reports, each with its entry in the audit log (E73)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import StreamingHttpResponse
from django.utils.translation import override

from supportcenter import security_log
from supportcenter.accounts.models import User
from supportcenter.reporting.table_file import Ending, table_file
from supportcenter.reporting.tables import Table

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def report_file(by: User, table: Table, ending: Ending) -> StreamingHttpResponse:
    security_log.note("report_saved", account=by.username, report=in_english(table.title), ending=ending)
    return table_file(table, ending)


def in_english(title: StrOrPromise) -> str:
    """As the log keeps the title of a report; its page says it in the reader's language."""
    with override("en"):
        return str(title)
