"""Tables as workbooks: values have their types, no text is a formula, and no row waits in memory."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from supportcenter.reporting import csv_file, workbook
from supportcenter.reporting.table_file import table_file
from supportcenter.reporting.tables import Column, Kind, Table
from tests.workbooks import ReadWorkbook

WORDS = [Column("Word")]


def read(columns, rows, title="Sessions"):
    return ReadWorkbook(table_file(Table("a", title, columns, rows), "xlsx").getvalue())


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where temporary files go."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_values_are_what_they_are():
    columns = [
        Column("Name"), Column("Number", Kind.NUMBER), Column("Started", Kind.TIME), Column("Length", Kind.LENGTH),
        Column("Rate", Kind.PERCENT),
    ]  # fmt: skip
    at = datetime(2026, 7, 1, 22, 30, 5, tzinfo=UTC)
    with timezone.override(ZoneInfo("Asia/Amman")):
        book = read(columns, [["Carol", 3.5, at, 90_061, 12.5], ["007", 0, at, 0, 0]])
    head, first, second = book.rows
    assert head == ["Name", "Number", "Started", "Length", "Rate"]
    # The next day, by the clock of the site.
    there = datetime(2026, 7, 2, 1, 30, 5)
    assert first == ["Carol", 3.5, there, timedelta(hours=25, minutes=1, seconds=1), "12.5 %"]
    assert second == ["007", 0, there, timedelta(0), "0 %"]


def test_what_is_unknown_is_an_empty_cell():
    columns = [Column("Rating", Kind.NUMBER), Column("Ended", Kind.TIME), Column("Name"), Column("Last")]
    assert read(columns, [[None, None, "", "x"]]).rows[1] == ["x"]


@pytest.mark.parametrize("text", ["=HYPERLINK(A1)", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", "https://a.example"])
def test_no_text_is_a_formula_or_a_link(text):
    book = read(WORDS, [[text]])
    assert book.rows[1] == [text]
    assert (book.formulas, book.links) == ([], [])
    # Nor does it become one when somebody edits the cell.
    assert book.is_quoted("A2") == (text[0] in csv_file.FORMULAS)


def test_texts_keep_what_xml_cannot_hold_and_end_where_a_cell_ends():
    (_head, (first,), (second,)) = read(WORDS, [["a\x01b<&>"], ["x" * 40_000]]).rows
    assert first == "a_x0001_b<&>"
    assert len(second) == workbook.LONGEST_TEXT


def test_head_stays_and_filters_the_rows():
    book = read([Column("Number", Kind.NUMBER), *WORDS], [[1, "a"], [2, "b"]])
    assert book.part(".//x:pane")["state"] == "frozen"
    assert book.part(".//x:pane")["ySplit"] == "1"
    assert book.part("x:autoFilter") == {"ref": "A1:B3"}


@pytest.mark.parametrize(("language", "is_rtl"), [("en", False), ("ar", True)])
def test_sheet_runs_as_the_language_does(language, is_rtl):
    with translation.override(language):
        response = table_file(Table("a", translation.gettext_lazy("Sessions"), WORDS, [["a"]]), "xlsx")
    book = ReadWorkbook(response.getvalue())
    assert (book.part(".//x:sheetView").get("rightToLeft") == "1") == is_rtl
    assert book.title == {"en": "Sessions", "ar": "الجلسات"}[language]


def test_rows_are_read_some_at_a_time_and_none_waits_in_memory(folder):
    made = []

    def rows():
        for each in range(5 * workbook.PIECE):
            made.append(each)
            yield [f"row {each}"]

    pieces = iter(table_file(Table("a", "Words", WORDS, rows()), "xlsx"))
    assert (next(pieces), len(made)) == (b"", workbook.PIECE)
    assert (next(pieces), len(made)) == (b"", 2 * workbook.PIECE)
    # What has been read is in a file, but for what its buffer holds.
    assert "row 150<" in "".join(path.read_text() for path in folder.rglob("*") if path.is_file())


def test_nothing_is_left_of_a_file_whose_reader_has_gone(folder):
    response = table_file(Table("a", "Words", WORDS, ([f"{each}"] for each in range(1000))), "xlsx")
    pieces = iter(response)
    next(pieces)
    assert list(folder.iterdir())
    del pieces, response
    assert list(folder.iterdir()) == []


def test_nothing_is_left_of_a_file_that_was_sent(folder):
    assert read(WORDS, [["a"]]).rows == [["Word"], ["a"]]
    assert [path for path in Path(folder).rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("more", [0, 1])
def test_file_that_ends_early_says_so(monkeypatch, more):
    for module in (csv_file, workbook):
        monkeypatch.setattr(module, "MOST_ROWS", 5)
    book = read(WORDS, [[f"{each}"] for each in range(5 + more)])
    last = [["There is more: this file ends after 5 rows. Choose fewer days."]] if more else []
    assert book.rows[6:] == last
    assert book.part("x:autoFilter") == {"ref": "A1:A6"}


def test_rows_fit_into_a_sheet():
    assert csv_file.MOST_ROWS + 2 < 1_048_576


def test_empty_table_is_its_head():
    assert read(WORDS, []).rows == [["Word"]]
