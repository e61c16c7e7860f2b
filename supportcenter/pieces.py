"""Change many rows a piece at a time, so that no one waits long for the database meanwhile."""

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
# Rows that SQLite writes, with their indexes, in some ten milliseconds.
PIECE = 1000


def each_piece(rows: QuerySet[Row], size: int = PIECE) -> Iterator[QuerySet[Row]]:
    """The rows that there are now, by their keys, as querysets of at most `size` rows."""
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), size):
        yield rows.filter(pk__in=keys[start : start + size])
