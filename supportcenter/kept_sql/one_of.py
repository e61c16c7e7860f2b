"""`in` with all keys bound as one value, so that the statement does not change with their number.

    Agent.objects.filter(OneOf(F("pk"), [3, 5, 8]))

Django binds each key of `pk__in` by itself, and the driver reads a statement of that length again each time. In a
kept statement the keys are one of its arguments: `keys: list[int]`, or `names: list[str]`.
"""

import json
from collections.abc import Collection
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Lookup, Value
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler


class ListField(Field):  # type: ignore[type-arg]
    """Many values as one: an array on PostgreSQL, JSON on SQLite."""

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        return list(value) if connection.vendor == "postgresql" else json.dumps(list(value))


class OneOf(Lookup):  # type: ignore[type-arg]
    """The condition that `left` is one of `values`; of none, no row is, and the database is not asked."""

    prepare_rhs = False
    bilateral_transforms: list[Any] = []

    def __init__(self, left: Combinable, values: Collection[int | str] | Value) -> None:
        super().__init__(left, values)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        left, params = self.process_lhs(compiler, connection)
        if isinstance(self.rhs, Value):
            _place, bound = compiler.compile(self.rhs)
        elif not self.rhs:
            raise EmptyResultSet
        else:
            bound = [ListField().get_db_prep_value(self.rhs, connection)]
        place = "= ANY(%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
        return f"{left} {place}", [*params, *bound]
