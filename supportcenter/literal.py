"""A constant of the code that stands in the statement itself, so that a partial index can be used."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Value
from django.db.models.sql.compiler import SQLCompiler


class Literal(Value):
    """A word that is written into the statement instead of being bound to it: `filter(state=Literal("open"))`.

    SQLite plans before it knows what is bound, so `state = ?` does not use an index of the rows whose state is 'open'.
    Only letters, digits and underscores are taken: it is for the words of the models, never for what anybody sends.
    """

    def __init__(self, word: str) -> None:
        if word and not (word.isascii() and word.replace("_", "a").isalnum()):
            raise ValueError(word)
        super().__init__(str(word), output_field=CharField())

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return f"'{self.value}'", []
