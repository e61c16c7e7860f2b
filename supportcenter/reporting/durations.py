"""How long something took, counted by the database: sums over many rows without reading them."""

from typing import Any

from django.db.models import BigIntegerField, Func


class Microseconds(Func):
    """Whole microseconds from the second time to the first, exactly as the difference of two datetimes has them.

    Django's own subtraction is a function in Python on SQLite, called for each row. SQLite stores times as text, with
    six digits of a fraction or none; its own functions round a fraction to thousandths, so they are not shown it.
    """

    arity = 2
    output_field = BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        (end, end_values), (start, start_values) = (compiler.compile(one) for one in self.get_source_expressions())
        seconds = f"strftime('%%s', substr({end}, 1, 19)) - strftime('%%s', substr({start}, 1, 19))"
        fraction = f"CAST(substr({end}, 21) AS INTEGER) - CAST(substr({start}, 21) AS INTEGER)"
        return f"(({seconds}) * 1000000 + {fraction})", [*end_values, *start_values] * 2

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        template = "CAST(EXTRACT(EPOCH FROM %(expressions)s) * 1000000 AS bigint)"
        sql, values = self.as_sql(compiler, connection, template=template, arg_joiner=" - ", **more)
        return sql, [*values]


class WholeSeconds(Microseconds):
    """The same in seconds that have passed, cut off as `int` does."""

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        sql, values = super().as_sqlite(compiler, connection, **more)
        return f"({sql} / 1000000)", values

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        sql, values = super().as_postgresql(compiler, connection, **more)
        return f"({sql} / 1000000)", values
