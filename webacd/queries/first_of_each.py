"""The first rows that each of many has, such as the head of every queue, in one statement that reads each by its index.

The subquery stands for one of the outer rows (`OuterRef`), and its limit ends the reading. A window function would read
all that wait.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, IntegerField, JSONField, QuerySet, Subquery
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")


class FirstKeys(Subquery):
    """The keys of the subquery's rows, as a list in one column."""

    template = "to_jsonb(ARRAY(%(subquery)s))"
    on_sqlite = '(SELECT json_group_array("first") FROM (%(subquery)s))'

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.values(first=F("pk")), output_field=JSONField())

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, **{"template": self.on_sqlite, **more})


class CountUpTo(Subquery):
    """How many rows the subquery has, whose limit is where counting stops."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.values("pk"), output_field=IntegerField())


# Databases limit what can be bound to one statement.
AT_ONCE = 5_000


def first_keys(outer: QuerySet[Any], rows: QuerySet[Any]) -> dict[int, list[int]]:
    """By the key of each outer row, the keys of its `rows`, which name it as `OuterRef("pk")` and have a limit."""
    return dict(outer.order_by().annotate(found=FirstKeys(rows)).values_list("pk", "found"))


def rows_of(rows: QuerySet[Any, Row], keys: dict[int, list[int]]) -> Iterator[Row]:
    """The rows with these keys, in no order."""
    flat = [key for found in keys.values() for key in found]
    for start in range(0, len(flat), AT_ONCE):
        yield from rows.filter(pk__in=flat[start : start + AT_ONCE])
