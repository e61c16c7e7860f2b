"""Statements that are made once and asked again and again: making one costs Django more than the database takes for it.

    @kept_rows
    def _seat(*, key: str, seat: str) -> QuerySet[Participant]:
        return Participant.objects.filter(session__key=key, seat_hash=seat)

    me = _seat.first(key=key, seat=digest(secret))

Django makes the statement, from the function above, the first time that it is asked on a connection to the database.
The function is given placeholders, so nothing in it may look at a value, at the clock or at a setting, and None is none
of the values: it would be another statement. docs/architecture.md says when it is worth it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from inspect import signature
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, BooleanField, CharField, DateTimeField, Field, Model, QuerySet, Value
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]  # Django's stubs lack it
from django.db.models.signals import post_save, pre_save
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

P = ParamSpec("P")
Row = TypeVar("Row", bound=Model)
Made = TypeVar("Made")
if TYPE_CHECKING:
    AnyField = Field[Any, Any]
# Rows, and what their fields become.
Change = tuple[QuerySet[Any], dict[str, Any]]
# By the name in the annotation, which is text where annotations are not evaluated.
FIELDS: dict[str, type[AnyField]] = {
    "str": CharField,
    "int": BigIntegerField,
    "bool": BooleanField,
    "datetime": DateTimeField,
}


class Given(Value):
    """The place of a value that is not known when the statement is made."""

    def __init__(self, name: str, field: AnyField) -> None:
        super().__init__(name, output_field=field)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return "%s", [self]


@dataclass(frozen=True, slots=True)
class Statement:
    """What Django made, with a `Given` at each place that has to be filled."""

    sql: str
    params: tuple[Any, ...]

    def filled(self, values: dict[str, Any], connection: BaseDatabaseWrapper) -> list[Any]:
        return [_prepared(one, values, connection) if isinstance(one, Given) else one for one in self.params]


class _Kept(Generic[P, Made]):
    """A statement with names for its values, made once for each connection: a connection is one thread's."""

    def __init__(self, make: Callable[..., Any]) -> None:
        self.make = make
        self.fields = {name: _field_of(one.annotation) for name, one in signature(make).parameters.items()}

    def made(self) -> tuple[Made, BaseDatabaseWrapper]:
        connection = connections[DEFAULT_DB_ALIAS]
        # In the connection, which what is made leads back to: so they go together, when its thread does.
        kept = vars(connection).setdefault("kept_sql", {})
        made = kept.get(self)
        if made is None:
            made = kept[self] = self.compile(connection)
        return made, connection

    def givens(self) -> dict[str, Given]:
        return {name: Given(name, field) for name, field in self.fields.items()}

    def compile(self, connection: BaseDatabaseWrapper) -> Made:
        raise NotImplementedError


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


class KeptRows(_Kept[P, _Reading], Generic[P, Row]):
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
        statement = _statement(compiler)
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


class KeptUpdate(_Kept[P, Statement]):
    """`kept_update`: says how many rows were changed."""

    def __call__(self, *_keywords: P.args, **values: P.kwargs) -> int:
        statement, connection = self.made()
        with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.filled(values, connection))
            return cursor.rowcount

    def compile(self, connection: BaseDatabaseWrapper) -> Statement:
        rows, changes = self.make(**self.givens())
        query = rows.query.chain(UpdateQuery)
        query.add_update_values(changes)
        return _statement(query.get_compiler(connection=connection))


@dataclass(frozen=True, slots=True)
class _Insert:
    sql: str
    returning: Sequence[Any]
    returned: Sequence[AnyField]


class _KeptInsert(_Kept[[], "_Insert"]):
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


def kept_rows(make: Callable[P, QuerySet[Row]]) -> KeptRows[P, Row]:
    return KeptRows(make)


def kept_update(make: Callable[P, Change]) -> KeptUpdate[P]:
    """Of a function that answers with the rows that are changed, and to what."""
    return KeptUpdate(make)


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


def _field_of(annotation: Any) -> AnyField:
    return FIELDS[annotation if isinstance(annotation, str) else annotation.__name__]()


def _statement(compiler: SQLCompiler) -> Statement:
    sql, params = compiler.as_sql()
    return Statement(sql, tuple(params))


def _prepared(given: Given, values: dict[str, Any], connection: BaseDatabaseWrapper) -> Any:
    value = values[given.value]
    if value is None:
        raise TypeError(f"None for {given.value}: that would be another statement.")
    return given.output_field.get_db_prep_value(value, connection) if isinstance(value, datetime) else value
