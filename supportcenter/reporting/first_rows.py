"""The first rows of a list that may be long, and whether there are more: nothing is counted to the end."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from django.db.models import Model, QuerySet

Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)


class FirstRows(list[Item]):
    """At most `most` items; `has_more` says that the list goes on. Templates say so by `_has_more.html`."""

    # Django makes another list of a list that it is given to look up, so `most` has a default.
    def __init__(self, items: Iterable[Item] = (), most: int | None = None) -> None:
        found = list(items if most is None else islice(items, most + 1))
        super().__init__(found[:most])
        self.has_more = most is not None and len(found) > most


def first_rows(rows: QuerySet[Row], most: int) -> FirstRows[Row]:
    return FirstRows(rows[: most + 1], most)
