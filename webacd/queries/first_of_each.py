"""The first rows that each of many has, such as the head of every queue, in one statement that reads each by its index.

The subquery stands for one of the outer rows (`OuterRef`), and a limit ends the reading. A window function would read
all that wait.
"""

from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, IntegerField, JSONField, QuerySet, Subquery
from django.db.models.sql.compiler import SQLCompiler


class FirstKeys(Subquery):
    """The keys of the subquery's first rows, as a list in one column; a kept statement may have `limit` as argument."""

    template = "to_jsonb(ARRAY(%(subquery)s LIMIT %%s))"
    on_sqlite = '(SELECT json_group_array("first") FROM (%(subquery)s LIMIT %%s))'

    def __init__(self, rows: QuerySet[Any], limit: int) -> None:
        super().__init__(rows.values(first=F("pk")), output_field=JSONField())
        self.limit = limit

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> tuple[str, Any]:
        sql, params = super().as_sql(compiler, connection, **more)
        return sql, (*params, self.limit)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, **{"template": self.on_sqlite, **more})


class CountUpTo(Subquery):
    """How many rows the subquery has, whose limit is where counting stops."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.values("pk"), output_field=IntegerField())


def with_first_keys(outer: QuerySet[Any], rows: QuerySet[Any], limit: int) -> QuerySet[Any, Any]:
    """The key of each outer row, with those of the first of its `rows`, which name it as `OuterRef("pk")`."""
    return outer.order_by().annotate(found=FirstKeys(rows, limit)).values_list("pk", "found")


def flat(found: Iterable[tuple[int, list[int]]]) -> list[int]:
    """The keys of all outer rows together."""
    return [key for _outer, keys in found for key in keys]
