"""What the indexes have in common that no migration makes: whether they are there, and whole."""

from collections.abc import Collection

from django.db import connection


def has_triggers(table: str, triggers: Collection[str]) -> bool:
    """On SQLite: triggers go with their table, which a migration builds again where it alters a column."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        return {name for (name,) in cursor.fetchall()} >= set(triggers)


def is_valid(index: str) -> bool:
    """On PostgreSQL: not one that was broken off while it was made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(%s) AND indisvalid", [index])
        return cursor.fetchone() is not None
