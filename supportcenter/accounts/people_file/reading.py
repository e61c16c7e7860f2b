"""The rows of an uploaded file, CSV or workbook, as text; bounded before anything is taken apart."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from supportcenter.accounts.people_file.columns import folded, names_by_title
from supportcenter.accounts.people_file.workbooks import rows_of_workbook

# Of the file, of its rows, of one cell, and of all cells together.
MOST_BYTES, MOST_ROWS, LONGEST_CELL, MOST_TEXT = 2 * 1024 * 1024, 10_000, 2_000, 4_000_000
DELIMITERS = ",;\t"


@dataclass(frozen=True)
class PeopleTable:
    columns: list[str]
    # The number of each row in the file, the heading being 1, and its cells.
    rows: list[tuple[int, list[str]]]


def read_people(content: bytes) -> PeopleTable:
    """Raises ValidationError with what is wrong about the file as a whole."""
    if len(content) > MOST_BYTES:
        raise ValidationError(gettext("The file is larger than 2 MB."))
    lines = iter(rows_of_workbook(content) if content.startswith(b"PK") else _rows_of_csv(content))
    head = next(lines, [])
    columns = _columns(head)
    return PeopleTable(columns, list(_bounded(lines, len(columns))))


def _columns(head: Sequence[str]) -> list[str]:
    known, found = names_by_title(), list[str]()
    for title in _without_end(head):
        name = known.get(folded(title))
        if name is None:
            raise ValidationError(gettext("The heading “%(title)s” is not known.") % {"title": title[:80]})
        if name in found:
            raise ValidationError(gettext("The heading “%(title)s” stands there twice.") % {"title": title[:80]})
        found.append(name)
    if "username" not in found:
        raise ValidationError(gettext("The first row has no heading “Username”."))
    return found


def _bounded(lines: Iterable[Sequence[str]], width: int) -> Iterator[tuple[int, list[str]]]:
    count = total = 0
    for number, line in enumerate(lines, 2):
        cells = _without_end(line)
        if not cells:
            continue
        count, total = count + 1, total + sum(map(len, cells))
        if count > MOST_ROWS or number > 2 * MOST_ROWS:
            raise ValidationError(gettext("The file has more than %(count)s rows.") % {"count": MOST_ROWS})
        if len(cells) > width:
            raise ValidationError(
                gettext("Row %(number)s has more cells than there are headings.") % {"number": number}
            )
        if total > MOST_TEXT or max(map(len, cells)) > LONGEST_CELL:
            raise ValidationError(gettext("Row %(number)s has too much text.") % {"number": number})
        yield number, cells + [""] * (width - len(cells))


def _without_end(cells: Sequence[str]) -> list[str]:
    """Without the empty cells at the end."""
    kept = list(cells)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _rows_of_csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(gettext("The file is not UTF-8. Save it as “CSV UTF-8”, or as a workbook.")) from error
    if "\0" in text:
        raise ValidationError(gettext("This is neither a CSV file nor a workbook."))
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise ValidationError(gettext("This is neither a CSV file nor a workbook.")) from error
