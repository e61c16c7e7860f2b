"""A table as a workbook (xlsx): dates, lengths and numbers are what they are, and a text is never a formula.

Rows go to a file on the disk as they are read, so that however long the table is, one row of it is in memory.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path

from django.utils import timezone
from django.utils.translation import get_language_bidi
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from supportcenter.reporting.csv_file import FORMULAS, MOST_ROWS, PIECE, what_is_missing
from supportcenter.reporting.tables import Kind, Table
from supportcenter.right_of_way import giving_way

# Characters, of a cell and of a sheet's name.
LONGEST_TEXT, LONGEST_NAME = 32_767, 31
FORMATS = {
    Kind.TIME: "yyyy-mm-dd hh:mm:ss",
    # Hours go on after 24.
    Kind.LENGTH: "[h]:mm:ss",
    Kind.PERCENT: "0.0%",
}
WIDTHS = {Kind.TEXT: 24, Kind.TIME: 20}
WIDTH, BESIDE_TITLE = 12, 4


def write_workbook(table: Table, path: Path) -> Iterator[None]:
    """Write the table to `path`, resting after every few rows; what the library needs meanwhile lies beside it.

    The file is whole when the iteration ends. After `MOST_ROWS` a last line says that there are more.
    """
    book = Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)})
    sheet = book.add_worksheet(str(table.title)[:LONGEST_NAME])
    _write_head(table, sheet, book.add_format({"bold": True, "text_wrap": True, "valign": "top"}))
    cells = _Cells(table, book, sheet)
    coming, number = giving_way(table.rows), count(1)
    rows = islice(coming, MOST_ROWS)
    while some := list(islice(rows, PIECE)):
        for row in some:
            cells.write(next(number), row)
        yield
    last = next(number)
    # Numbers of sessions are texts made of digits, which is no mistake.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last}"})
    sheet.autofilter(0, 0, last - 1, len(table.columns) - 1)
    for notice in what_is_missing(coming):
        sheet.write_string(last, 0, str(notice[0]))
    # Not by `with`: a file that is given up in between need not be made whole.
    book.close()


def _write_head(table: Table, sheet: Worksheet, bold: Format) -> None:
    if get_language_bidi():
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        title = str(column.title)
        width = max(WIDTHS.get(column.kind, WIDTH), max(map(len, title.split())) + BESIDE_TITLE)
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, bold)


class _Cells:
    """Writes rows, each value as its column's kind has it."""

    def __init__(self, table: Table, book: Workbook, sheet: Worksheet) -> None:
        self._sheet, self._zone = sheet, timezone.get_current_timezone()
        self._formats = {kind: book.add_format({"num_format": shown}) for kind, shown in FORMATS.items()}
        # Stays a text also when somebody edits it.
        self._quoted = book.add_format({"quote_prefix": True})
        ways: dict[Kind, Callable[[int, int, object], object]] = {
            Kind.TIME: self._write_time,
            Kind.LENGTH: self._write_length,
            Kind.PERCENT: self._write_percent,
            Kind.NUMBER: self._write_number,
        }
        self._ways = [ways.get(column.kind, self._write_text) for column in table.columns]

    def write(self, number: int, row: Iterable[object]) -> None:
        for place, (way, value) in enumerate(zip(self._ways, row, strict=True)):
            if value is not None and value != "":
                way(number, place, value)

    def _write_text(self, row: int, place: int, value: object) -> None:
        text = str(value)[:LONGEST_TEXT]
        self._sheet.write_string(row, place, text, self._quoted if text[0] in FORMULAS else None)

    def _write_number(self, row: int, place: int, value: object) -> None:
        self._sheet.write_number(row, place, value)

    def _write_percent(self, row: int, place: int, value: object) -> None:
        assert isinstance(value, int | float)
        self._sheet.write_number(row, place, value / 100, self._formats[Kind.PERCENT])

    def _write_length(self, row: int, place: int, value: object) -> None:
        assert isinstance(value, int | float)
        self._sheet.write_datetime(row, place, timedelta(seconds=value), self._formats[Kind.LENGTH])

    def _write_time(self, row: int, place: int, value: object) -> None:
        assert isinstance(value, datetime)
        # To the second, as everywhere else: a spreadsheet would round.
        local = value.astimezone(self._zone).replace(microsecond=0, tzinfo=None)
        self._sheet.write_datetime(row, place, local, self._formats[Kind.TIME])
