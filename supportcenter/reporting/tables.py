"""A table that people save: the same columns and rows as CSV, whose values are plain, or as a workbook, with types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Kind(Enum):
    """What the values of a column are: text, a number, a datetime, a length in seconds, or per cent of a hundred."""

    TEXT = auto()
    NUMBER = auto()
    TIME = auto()
    LENGTH = auto()
    PERCENT = auto()


@dataclass(frozen=True)
class Column:
    title: StrOrPromise
    kind: Kind = Kind.TEXT
    # The heading where values have no type: it names the unit.
    plain_title: StrOrPromise = ""


@dataclass(frozen=True)
class Table:
    # Of its file, without the ending.
    name: str
    title: StrOrPromise
    columns: Sequence[Column]
    rows: Iterable[Iterable[object]]

    def plain_head(self) -> list[StrOrPromise]:
        return [column.plain_title or column.title for column in self.columns]

    def plain_rows(self) -> Iterator[list[object]]:
        """The rows with times as text, as the clock of here and now has them."""
        zone = timezone.get_current_timezone()
        times = [place for place, column in enumerate(self.columns) if column.kind is Kind.TIME]
        for row in self.rows:
            plain = list(row)
            for place in times:
                if isinstance(at := plain[place], datetime):
                    plain[place] = at.astimezone(zone).isoformat(timespec="seconds")
            yield plain
