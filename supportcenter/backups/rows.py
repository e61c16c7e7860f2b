"""Rows as lines of JSON, the same from either database, so that a backup of one can be restored into the other.

Of each value it is the form that the model's field reads: it is exact for whatever our columns hold (times to the
microsecond, numbers, JSON, bytes), and says nothing about how a database stores it.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from django.apps.registry import Apps
from django.db import connection, models
from django.utils.duration import duration_string

from supportcenter.backups.errors import NoBackup

# Sign-ins end with a restore, and with each what belongs to it: one that was ended since the backup must not
# come back.
LEFT_OUT = {"sessions.Session", "usersessions.UserSession", "accounts.PushSubscription", "accounts.SignOn"}
# Bytes of rows in one member of the archive, which is in memory as a whole; rows read or written at once.
CHUNK, AT_ONCE = 4 * 1024 * 1024, 500

Row = Sequence[Any]
Field: TypeAlias = "models.Field[Any, Any]"


def models_with_rows(apps: Apps) -> list[type[models.Model]]:
    """Each table of the site, those between two others included."""
    every = apps.get_models(include_auto_created=True)
    return [each for each in every if each._meta.managed and not each._meta.proxy and each._meta.label not in LEFT_OUT]


def fields_of(model: type[models.Model]) -> list[Field]:
    return [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


# ---- Out ----------------------------------------------------------------------------------------------------------


def chunks_of(model: type[models.Model]) -> Iterator[tuple[list[Row], bytes]]:
    """The rows of a table, some at a time, and the lines that stand for them."""
    fields = fields_of(model)
    names = [field.attname for field in fields]
    head = _line({"model": model._meta.label, "columns": names})
    rows, lines, size = [], [head], 0
    for row in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=AT_ONCE):
        line = _line([plain(value, field) for value, field in zip(row, fields, strict=True)])
        rows.append(row)
        lines.append(line)
        size += len(line)
        if size >= CHUNK:
            yield rows, b"".join(lines)
            rows, lines, size = [], [head], 0
    yield rows, b"".join(lines)


def plain(value: Any, field: Field) -> Any:
    """A value as JSON has it."""
    if isinstance(field, models.JSONField) or value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_string(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return str(value)


def _line(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


# ---- In -----------------------------------------------------------------------------------------------------------


def insert(apps: Apps, lines: Iterator[bytes]) -> int:
    """Insert the rows of one chunk as they are, keys included; how many. Raises NoBackup."""
    head = json.loads(next(lines))
    model = apps.get_model(head["model"])
    fields = fields_of(model)
    if head["columns"] != [field.attname for field in fields]:
        raise NoBackup(f"The columns of {head['model']} are not those of the backup's migrations.")
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our models
    count, batch = 0, []
    with connection.cursor() as cursor:
        for line in lines:
            batch.append([stored(value, field) for value, field in zip(json.loads(line), fields, strict=True)])
            if len(batch) == AT_ONCE:
                cursor.executemany(sql, batch)
                count, batch = count + len(batch), []
        if batch:
            cursor.executemany(sql, batch)
    return count + len(batch)


def stored(value: Any, field: Field) -> Any:
    """A value as this database takes it."""
    if isinstance(field, models.JSONField):
        # Without a value there is either no JSON or, where there has to be some, JSON's null.
        is_absent = value is None and field.null
        return None if is_absent else field.get_db_prep_value(value, connection)
    if isinstance(field, models.BinaryField) and value is not None:
        value = base64.b64decode(value)
    return field.get_db_prep_save(field.to_python(value), connection)
