"""`kept_rows` and `kept_values`: rows of one model or plain values, read by a statement that is made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]  # Django's stubs lack it
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

from supportcenter.kept_sql.made import Kept, P, Statement, statement_of

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the rows of a statement become what Django makes of them; see ModelIterable and SQLCompiler.results_iter."""

    statement: Statement
    locks: bool
    model: type[Model]
    start: int
    end: int
    attributes: Sequence[str]
    related: Sequence[Any]
    annotations: Sequence[tuple[str, int]]
    converters: Sequence[tuple[int, Sequence[Callable[[Any, Any, Any], Any]], Any]]

    def row(self, found: Sequence[Any], connection: BaseDatabaseWrapper) -> Model:
        values = list(found)
        for at, convert_all, expression in self.converters:
            value = values[at]
            for convert in convert_all:
                value = convert(value, expression, connection)
            values[at] = value
        row = self.model.from_db(connection.alias, self.attributes, values[self.start : self.end])
        for populator in self.related:
            populator.populate(values, row)
        for name, at in self.annotations:
            setattr(row, name, values[at])
        return row


class KeptRows(Kept[P, _Reading], Generic[P, Row]):
    """`kept_rows`: whole rows of one model, with what is read along by `select_related` and `annotate`."""

    def __call__(self, *_keywords: P.args, **values: P.kwargs) -> list[Row]:
        return [cast("Row", row) for row in self._ask(values)]

    def first(self, *_keywords: P.args, **values: P.kwargs) -> Row | None:
        """The first row; the statement itself has an order and a limit where more than one may be found."""
        return cast("Row | None", next(iter(self._ask(values)), None))

    def get(self, *_keywords: P.args, **values: P.kwargs) -> Row:
        """The row. Raises its model's DoesNotExist without one."""
        for row in self._ask(values):
            return cast("Row", row)
        raise self.make(**self.givens()).model.DoesNotExist

    def compile(self, connection: BaseDatabaseWrapper) -> _Reading:
        rows = self.make(**self.givens())
        compiler = rows.query.get_compiler(connection=connection)
        statement = statement_of(compiler)
        info, select = compiler.klass_info, compiler.select
        start, end = info["select_fields"][0], info["select_fields"][-1] + 1
        converters = compiler.get_converters([one[0] for one in select])
        return _Reading(
            statement,
            locks=rows.query.select_for_update and connection.features.has_select_for_update,
            model=info["model"],
            start=start,
            end=end,
            attributes=[one[0].target.attname for one in select[start:end]],
            related=get_related_populators(info, select, connection.alias),
            annotations=[*compiler.annotation_col_map.items()],
            converters=[(at, convert_all, expression) for at, (convert_all, expression) in converters.items()],
        )

    def _ask(self, values: dict[str, Any]) -> Iterable[Model]:
        reading, connection = self.made()
        if reading.locks and connection.get_autocommit():
            raise TransactionManagementError("A row is locked in a transaction.")
        with connection.cursor() as cursor:
            cursor.execute(reading.statement.sql, reading.statement.filled(values, connection))
            found = cursor.fetchall()
        return [reading.row(one, connection) for one in found]


@dataclass(frozen=True, slots=True)
class _Columns:
    statement: Statement
    converters: Any
    compiler: SQLCompiler


class KeptValues(Kept[P, _Columns]):
    """`kept_values`: a list of tuples, as of `values_list`."""

    def __call__(self, *_keywords: P.args, **values: P.kwargs) -> list[tuple[Any, ...]]:
        columns, connection = self.made()
        with connection.cursor() as cursor:
            cursor.execute(columns.statement.sql, columns.statement.filled(values, connection))
            found = cursor.fetchall()
        if columns.converters:
            return [tuple(row) for row in columns.compiler.apply_converters(found, columns.converters)]
        return found

    def compile(self, connection: BaseDatabaseWrapper) -> _Columns:
        compiler = self.make(**self.givens()).query.get_compiler(connection=connection)
        statement = statement_of(compiler)
        return _Columns(statement, compiler.get_converters([one[0] for one in compiler.select]), compiler)


def kept_rows(make: Callable[P, QuerySet[Row]]) -> KeptRows[P, Row]:
    return KeptRows(make)


def kept_values(make: Callable[P, QuerySet[Any, Any]]) -> KeptValues[P]:
    """Of a function that answers with a `values_list`."""
    return KeptValues(make)
