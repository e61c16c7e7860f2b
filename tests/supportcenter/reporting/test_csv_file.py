"""Tables as files: made while they are sent."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.utils import timezone, translation

from supportcenter.reporting import csv_file as module
from supportcenter.reporting.csv_file import PIECE, csv_file
from supportcenter.reporting.tables import Column, Kind, Table


class Rows:
    """Counts how many of it have been asked for."""

    def __init__(self, number):
        self.number, self.made = number, 0

    def __iter__(self):
        for each in range(self.number):
            self.made += 1
            yield [each, translation.gettext("Home")]


def lines_of(response):
    return list(csv.reader(response.getvalue().decode("utf-8-sig").splitlines()))


def test_head_is_sent_before_a_row_is_read():
    rows = Rows(3)
    pieces = iter(csv_file("a.csv", ["Number", "Word"], rows))
    assert next(pieces).decode("utf-8-sig") == "Number,Word\r\n"
    assert rows.made == 0


def test_no_more_rows_are_read_than_are_sent():
    rows = Rows(10 * PIECE)
    pieces = iter(csv_file("a.csv", ["Number", "Word"], rows))
    next(pieces)
    assert next(pieces).count(b"\r\n") == rows.made == PIECE


def test_rows_are_in_the_language_of_the_page():
    with translation.override("ar"):
        response = csv_file("a.csv", ["Number", "Word"], Rows(1))
    assert lines_of(response)[1] == ["0", "الصفحة الرئيسية"]
    assert translation.get_language() == "en"


@pytest.mark.parametrize("more", [0, 1])
def test_file_that_ends_early_says_so(monkeypatch, more):
    monkeypatch.setattr(module, "MOST_ROWS", 5)
    _head, *rows = lines_of(csv_file("a.csv", ["Number", "Word"], Rows(5 + more)))
    last = [["There is more: this file ends after 5 rows. Choose fewer days."]] if more else []
    assert rows[5:] == last


def test_bytes_are_those_of_values_written_one_by_one():
    moment = datetime(2026, 7, 1, 22, 30, 5, 999_999, tzinfo=UTC)
    columns = [Column("Text"), Column("At", Kind.TIME), Column("Number", Kind.NUMBER)]
    texts = ["=1+1", "+2", "-3", "@a", "\tb", "\rc", "", 'quoted "d", e', "خالد", None]
    rows = [[text, moment if place % 2 else None, -place / 2] for place, text in enumerate(texts)]
    with timezone.override("Asia/Kolkata"):
        table = Table("a", "A", columns, rows)
        sent = csv_file("a.csv", table.plain_head(), table.plain_rows()).getvalue()
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(["Text", "At", "Number"])
    for text, at, number in rows:
        guarded = f"'{text}" if text and text[0] in "=+-@\t\r" else text
        writer.writerow([guarded, at and "2026-07-02T04:00:05+05:30", number])
    assert sent == ("\ufeff" + written.getvalue()).encode()
