"""The index by which reports find a part of a customer's name: of its trigrams, the three letters from each letter on.

It is made after each migration, not by one. Where a database refuses it, the search goes through all names instead.
"""

from contextlib import nullcontext

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.utils import DatabaseError

from sessions_app.models.made_indexes import has_triggers, is_valid

PEOPLE, NAMES = "sessions_app_participant", "sessions_app_names"
# Shorter ones are looked for at the beginning of a word.
LEAST_LETTERS = 3

_PUT_IN = f"INSERT INTO {NAMES} (rowid, name) SELECT {{0}}.id, '  ' || replace({{0}}.folded_name, ' ', '  ')"
_TAKE_OUT = (
    f"INSERT INTO {NAMES} ({NAMES}, rowid, name) "
    "SELECT 'delete', old.id, '  ' || replace(old.folded_name, ' ', '  ') WHERE old.kind = 'customer'"
)
_CUSTOMER = "WHERE {0}.kind = 'customer'"
# With two spaces before each word, so that even the first letter of one makes three.
_TRIGGERS = {
    "name_added": f"AFTER INSERT ON {PEOPLE} BEGIN {_PUT_IN} {_CUSTOMER}; END".format("new"),
    "name_deleted": f"AFTER DELETE ON {PEOPLE} BEGIN {_TAKE_OUT}; END",
    "name_changed": (
        f"AFTER UPDATE OF folded_name, kind ON {PEOPLE} BEGIN {_TAKE_OUT}; {_PUT_IN} {_CUSTOMER}; END".format("new")
    ),
}


def make_name_index() -> None:
    """Make the index unless it is there, of all names that there are."""
    try:
        # In a restore's transaction, a failure must not take the rest along.
        with transaction.atomic() if connection.in_atomic_block else nullcontext(), connection.cursor() as cursor:
            (_make_on_sqlite if connection.vendor == "sqlite" else _make_on_postgresql)(cursor)
    except DatabaseError:
        # A library without FTS5, or an account that may not create an extension.
        return


def named(folded: str) -> Q:
    """Participants with this in their folded name; of one or two letters, at the beginning of a word."""
    if len(folded) >= LEAST_LETTERS:
        return Q(folded_name__contains=folded)
    return Q(folded_name__startswith=folded) | Q(folded_name__contains=f" {folded}")


def some_named(folded: str, most: int) -> Q:
    """At most so many of them, on SQLite, where no other condition uses the index; all of them elsewhere."""
    if connection.vendor != "sqlite" or not has_triggers(PEOPLE, _TRIGGERS):
        return named(folded)
    wanted = folded.replace(" ", "  ")
    if len(folded) < LEAST_LETTERS:
        wanted = f"  {wanted}"
    phrase = '"' + wanted.replace('"', '""') + '"'
    found = f"SELECT rowid FROM {NAMES} WHERE {NAMES} MATCH %s LIMIT %s"  # noqa: S608 - the name is ours
    return Q(pk__in=RawSQL(found, [phrase, most]))  # noqa: S611 - what was typed is a parameter


def _make_on_sqlite(cursor: CursorWrapper) -> None:
    if has_triggers(PEOPLE, _TRIGGERS):
        return
    with transaction.atomic():
        cursor.execute(f"DROP TABLE IF EXISTS {NAMES}")
        cursor.execute(f"CREATE VIRTUAL TABLE {NAMES} USING fts5(name, content='', tokenize='trigram')")
        for name, what in _TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} {what}")
        cursor.execute(f"{_PUT_IN} FROM {PEOPLE} {_CUSTOMER}".format(PEOPLE))


def _make_on_postgresql(cursor: CursorWrapper) -> None:
    if is_valid(NAMES):
        return
    with transaction.atomic():
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    online = "" if connection.in_atomic_block else "CONCURRENTLY"
    # One that is not valid was broken off.
    cursor.execute(f"DROP INDEX {online} IF EXISTS {NAMES}")
    cursor.execute(
        f"CREATE INDEX {online} {NAMES} ON {PEOPLE} USING gin (folded_name gin_trgm_ops) WHERE kind = 'customer'"
    )
