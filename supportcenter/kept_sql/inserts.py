"""`insert`: a new row, by a statement that is made once for its model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model
from django.db.models.signals import post_save, pre_save
from django.db.models.sql import InsertQuery

from supportcenter.kept_sql.made import Kept

Row = TypeVar("Row", bound=Model)
if TYPE_CHECKING:
    AnyField = Field[Any, Any]


@dataclass(frozen=True, slots=True)
class _Insert:
    sql: str
    returning: Sequence[Any]
    returned: Sequence[AnyField]


class _KeptInsert(Kept[[], "_Insert"]):
    def __init__(self, model: type[Model]) -> None:
        super().__init__(lambda: model)
        meta = model._meta
        self.model = model
        self.columns = [one for one in meta.local_concrete_fields if not one.generated and one is not meta.auto_field]

    def compile(self, connection: BaseDatabaseWrapper) -> _Insert:
        query = InsertQuery(self.model)
        query.insert_values(self.columns, [self.model()])
        compiler = query.get_compiler(connection=connection)
        compiler.returning_fields = self.model._meta.db_returning_fields
        [(sql, _values)] = compiler.as_sql()
        return _Insert(sql, compiler.returning_params, compiler.returning_fields)

    def add(self, row: Model) -> None:
        made, connection = self.made()
        values = [one.get_db_prep_save(one.pre_save(row, True), connection) for one in self.columns]
        with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
            cursor.execute(made.sql, values)
            told = connection.ops.fetch_returned_insert_columns(cursor, made.returning)
            for field, value in zip(made.returned, told, strict=True):
                setattr(row, field.attname, value)


_inserts: dict[type[Model], _KeptInsert] = {}


def insert(row: Row) -> Row:
    """Save a new row as `save(force_insert=True)` does: of a model without parents, whose key the database gives."""
    model = type(row)
    told: dict[str, Any] = {"sender": model, "instance": row, "raw": False, "using": DEFAULT_DB_ALIAS}
    pre_save.send(**told, update_fields=None)
    kept = _inserts.get(model) or _inserts.setdefault(model, _KeptInsert(model))
    kept.add(row)
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    post_save.send(**told, created=True, update_fields=None)
    return row
