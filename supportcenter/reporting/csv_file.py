"""A table as a file for spreadsheets, made while it is sent: however long it is, a few rows of it are in memory."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain, islice
from typing import TypeVar

from django.http import StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext

from supportcenter.right_of_way import giving_way

FORMULAS = frozenset("=+-@\t\r")
# A spreadsheet takes ten times as many; the database and the line would be busy for minutes.
MOST_ROWS = 100_000
# Rows that are made and sent at a time.
PIECE = 200

Piece = TypeVar("Piece")


def csv_file(name: str, head: Iterable[object], rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """The answer that saves `rows` under `head` as a file; its first mark tells spreadsheets that it is UTF-8.

    After `MOST_ROWS` a last line says that there are more. `rows` are read while the file is sent, on another thread
    and another connection than the view's, but in the language and the time zone of the view.
    """
    response = StreamingHttpResponse(
        as_here(_pieces([str(title) for title in head], rows)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def cells(row: Iterable[object]) -> list[object]:
    """A text that begins like a formula is text: spreadsheets would carry it out. None is written as nothing."""
    return [f"'{value}" if isinstance(value, str) and value[:1] in FORMULAS else value for value in row]


def what_is_missing(rows: Iterator[object]) -> Iterator[list[object]]:
    """A row that says so, if more of `rows` have come than fit into a file."""
    if next(rows, None) is not None:
        yield [gettext("There is more: this file ends after %(count)s rows. Choose fewer days.") % {"count": MOST_ROWS}]


def as_here(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """`pieces`, each made in the language and the time zone that hold here and now."""
    language, zone = translation.get_language(), timezone.get_current_timezone()

    def made() -> Iterator[Piece]:
        while True:
            with translation.override(language), timezone.override(zone):
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    return made()


def _pieces(head: list[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    yield "\ufeff" + _lines([head])
    coming = giving_way(rows)
    lines = chain(map(cells, islice(coming, MOST_ROWS)), what_is_missing(coming))
    while some := list(islice(lines, PIECE)):
        yield _lines(some)


def _lines(rows: Iterable[Iterable[object]]) -> str:
    written = StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()
