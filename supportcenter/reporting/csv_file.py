"""A table as a file for spreadsheets."""

import csv
from collections.abc import Iterable

from django.http import HttpResponse

FORMULAS = "=+-@\t\r"


def csv_file(name: str, head: Iterable[object], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """The answer that saves `rows` under `head` as a file; its first mark tells spreadsheets that it is UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    lines = csv.writer(response)
    lines.writerow([str(title) for title in head])
    lines.writerows([cell(value) for value in row] for row in rows)
    return response


def cell(value: object) -> object:
    """A text that begins like a formula is text: spreadsheets would carry it out."""
    if isinstance(value, str) and value[:1] and value[0] in FORMULAS:
        return f"'{value}"
    return "" if value is None else value
