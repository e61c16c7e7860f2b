"""Many new rows in one statement: `bulk_create` for places where most of the time goes into it.

On PostgreSQL the rows go over as one JSON text, which the database takes apart: Django prepares, quotes and converts
each value of each row. The statement is written once for a model. On SQLite, `bulk_create` does it.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import DateTimeField, Field, Model, QuerySet

Row = TypeVar("Row", bound=Model)


def create_rows(rows: Sequence[Row]) -> None:
    """Insert new rows of one model and give each its key. As with `bulk_create`, no signal is sent."""
    if not rows:
        return
    model = type(rows[0])
    if connection.vendor != "postgresql":
        QuerySet(model).bulk_create(cast("Any", rows))
        return
    columns = _columns(model)
    values = [{column: prepare(getattr(row, name)) for column, name, prepare in columns} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(_statement(model), [json.dumps(values, cls=DjangoJSONEncoder)])
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk, row._state.adding, row._state.db = key, False, connection.alias


@cache
def _columns(model: type[Model]) -> list[tuple[str, str, Callable[[Any], Any]]]:
    """Each column, the attribute that it is, and how its value is written as JSON."""
    return [
        (field.column, field.attname, _moment if isinstance(field, DateTimeField) else _as_it_is)
        for field in _fields(model)
    ]


@cache
def _statement(model: type[Model]) -> str:
    """The keys come back in the order of the rows, as `bulk_create` relies on too."""
    quote, fields = connection.ops.quote_name, _fields(model)
    names = ", ".join(quote(field.column) for field in fields)
    kinds = ", ".join(f"{quote(field.column)} {field.db_type(connection)}" for field in fields)
    # Of names that the models have; what is written is bound.
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({names}) SELECT {names}"  # noqa: S608
        f" FROM json_to_recordset(%s) AS given ({kinds}) RETURNING {quote(model._meta.pk.column)}"
    )


def _fields(model: type[Model]) -> list["Field[Any, Any]"]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _moment(at: datetime | None) -> str | None:
    # JSON's own way with moments drops the microseconds.
    return at.isoformat() if at else None


def _as_it_is(value: Any) -> Any:
    return value
