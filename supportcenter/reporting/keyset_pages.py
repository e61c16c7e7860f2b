"""A long list by pages that continue from a row's key, so that page 100 costs what page 1 costs and none shifts.

An address names a page as `after-<key>`, `before-<key>`, `at-<key>` (that row in the middle) or `end`; anything else is
the beginning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

from supportcenter.text.whole_numbers import whole_number

PAGE = 200
END = "end"

Row = TypeVar("Row", bound=Model)
# What the address says of a list after following a link: {"lines": "after-17"}; None takes it out.
Link = Mapping[str, str | None]


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of the list `name`, and the keys from which the pages before and after them continue, if there are."""

    name: str
    rows: list[Row]
    before: int | None = None
    after: int | None = None

    @property
    def is_part(self) -> bool:
        return self.before is not None or self.after is not None

    @property
    def beginning(self) -> Link:
        return {self.name: None}

    @property
    def earlier(self) -> Link:
        return {self.name: f"before-{self.before}"}

    @property
    def later(self) -> Link:
        return {self.name: f"after-{self.after}"}

    @property
    def end(self) -> Link:
        return {self.name: END}


def page_of(name: str, rows: QuerySet[Row], at: str, *, key: str = "pk", most: int = PAGE) -> Page[Row]:
    """The page of `rows` that `at` names, ordered by the whole number `key`, with at most `most` rows."""
    where, _, number = at.partition("-")
    if where == "after" and (after := whole_number(number)):
        return _first(name, rows.filter(**{f"{key}__gt": after}), key, most, before=after + 1)
    if where == "before" and (before := whole_number(number)):
        return _last(name, rows.filter(**{f"{key}__lt": before}), key, most, after=before - 1)
    if where == "at" and (middle := whole_number(number)):
        earlier = _last(name, rows.filter(**{f"{key}__lt": middle}), key, most // 2)
        later = _first(name, rows.filter(**{f"{key}__gte": middle}), key, most - most // 2)
        return Page(name, earlier.rows + later.rows, earlier.before, later.after)
    return _last(name, rows, key, most) if at == END else _first(name, rows, key, most)


def _first(name: str, rows: QuerySet[Row], key: str, most: int, before: int | None = None) -> Page[Row]:
    found = list(rows.order_by(key)[: most + 1])
    shown = found[:most]
    start = getattr(shown[0], key) if shown else before
    return Page(
        name, shown, start if before is not None else None, getattr(shown[-1], key) if len(found) > most else None
    )


def _last(name: str, rows: QuerySet[Row], key: str, most: int, after: int | None = None) -> Page[Row]:
    found = list(rows.order_by(f"-{key}")[: most + 1])
    shown = found[:most][::-1]
    last = getattr(shown[-1], key) if shown else after
    preceding = getattr(shown[0], key) if len(found) > most else None
    return Page(name, shown, preceding, last if after is not None else None)
