"""Very many rows in one statement, where making each by the product's actions would take minutes."""

from django.db import connection


def copy_newest(model, count, *, apart="1 second", **columns):
    """Copy the table's newest row so often, each copy with a key of its own, and its times so far before the last.

    `columns` are written as SQL, in which `n` is the number of the copy.
    """
    with connection.cursor() as cursor:
        cursor.execute(_copies_of(model, apart, columns), [count])
        if connection.vendor == "postgresql" and model._meta.auto_field:
            # The sequence knows nothing of keys that were given.
            table = model._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")


def _copies_of(model, apart, columns):
    key = model._meta.pk.column
    table = model._meta.db_table
    fields = model._meta.local_fields
    earlier = {field.column: _earlier(field.column, apart) for field in fields if _is_time(field)}
    changed = earlier | {key: f"{key} + n", "key": f"'k' || ({key} + n)"} | columns
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(changed.get(field.column, f'"{field.column}"') for field in fields)
    newest = f"(SELECT * FROM {table} ORDER BY {key} DESC LIMIT 1)"
    return f"{_numbers()} INSERT INTO {table} ({names}) SELECT {values} FROM {newest} AS one, numbers"


def _numbers():
    if connection.vendor == "sqlite":
        return "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)"
    return "WITH numbers(n) AS (SELECT generate_series(1, %s))"


def _is_time(field):
    return field.get_internal_type() == "DateTimeField"


def _earlier(column, apart):
    if connection.vendor == "sqlite":
        number, unit = apart.split()
        return f"datetime({column}, '-' || (n * {number}) || ' {unit}s')"
    return f"{column} - n * interval '{apart}'"
