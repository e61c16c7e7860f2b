"""`kept_update`: changes of rows, by a statement that is made once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.sql import UpdateQuery

from supportcenter.kept_sql.made import Kept, P, Statement, statement_of

# Rows, and what their fields become.
Change = tuple[QuerySet[Any], dict[str, Any]]


class KeptUpdate(Kept[P, Statement]):
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
        return statement_of(query.get_compiler(connection=connection))


def kept_update(make: Callable[P, Change]) -> KeptUpdate[P]:
    """Of a function that answers with the rows that are changed, and to what."""
    return KeptUpdate(make)
