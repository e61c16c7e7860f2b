"""Statements that are made once and asked again and again: making one costs Django more than the database takes for it.

    @kept_rows
    def _seat(*, key: str, seat: str) -> QuerySet[Participant]:
        return Participant.objects.filter(session__key=key, seat_hash=seat)

    me = _seat.first(key=key, seat=digest(secret))

Django makes the statement, from the function above, the first time that it is asked on a connection to the database.
The function is given placeholders, so nothing in it may look at a value, at the clock or at a setting, and None is none
of the values: it would be another statement. docs/architecture.md says when it is worth it.
"""

from supportcenter.kept_sql.inserts import insert
from supportcenter.kept_sql.one_of import OneOf
from supportcenter.kept_sql.rows import KeptRows, KeptValues, kept_rows, kept_values
from supportcenter.kept_sql.updates import Change, KeptUpdate, kept_update

__all__ = [
    "Change",
    "KeptRows",
    "KeptUpdate",
    "KeptValues",
    "OneOf",
    "insert",
    "kept_rows",
    "kept_update",
    "kept_values",
]
