"""Statements with names for their values, made by Django once for each connection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from inspect import signature
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, BooleanField, CharField, DateTimeField, Field, Value
from django.db.models.sql.compiler import SQLCompiler

from supportcenter.kept_sql.one_of import ListField

P = ParamSpec("P")
Made = TypeVar("Made")
if TYPE_CHECKING:
    AnyField = Field[Any, Any]
# By the name in the annotation, which is text where annotations are not evaluated.
FIELDS: dict[str, type[AnyField]] = {
    "str": CharField,
    "int": BigIntegerField,
    "bool": BooleanField,
    "datetime": DateTimeField,
    "list[int]": ListField,
    "list[str]": ListField,
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


class Kept(Generic[P, Made]):
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


def _field_of(annotation: Any) -> AnyField:
    # A class has its name; a list of a class is written as it is.
    return FIELDS[annotation.__name__ if isinstance(annotation, type) else str(annotation)]()


def statement_of(compiler: SQLCompiler) -> Statement:
    sql, params = compiler.as_sql()
    return Statement(sql, tuple(params))


def _prepared(given: Given, values: dict[str, Any], connection: BaseDatabaseWrapper) -> Any:
    value = values[given.value]
    if value is None:
        raise TypeError(f"None for {given.value}: that would be another statement.")
    if isinstance(value, datetime | list):
        return given.output_field.get_db_prep_value(value, connection)
    return value
