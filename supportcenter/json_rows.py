"""Several rows of another table, read along with one row in its statement, as a JSON value."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, JSONField, QuerySet, Subquery
from django.db.models.sql.compiler import SQLCompiler


class _Rows(Func):
    """Of all rows of a query: [[first, second, …], …]; [] of none."""

    output_field = JSONField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> Any:
        copy = self.copy()
        # JSON that is stored as text would be a text within the list.
        copy.set_source_expressions([_as_json(one) for one in self.get_source_expressions()])
        return copy.as_sql(compiler, connection, template="JSON_GROUP_ARRAY(JSON_ARRAY(%(expressions)s))", **more)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> Any:
        template = "COALESCE(JSONB_AGG(JSONB_BUILD_ARRAY(%(expressions)s)), '[]'::jsonb)"
        return self.as_sql(compiler, connection, template=template, **more)


def json_rows(rows: QuerySet[Any], *fields: str) -> Subquery:
    """These fields of `rows`, which refer to the row outside by `OuterRef`; in no order."""
    return Subquery(rows.order_by().annotate(json_rows=_Rows(*fields)).values("json_rows"))


def _as_json(one: Any) -> Any:
    return Func(one, function="JSON", output_field=JSONField()) if isinstance(one.output_field, JSONField) else one
