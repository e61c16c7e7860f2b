"""Triggers by which the database itself refuses to change an entry, or to delete one before its time.

They are made after each migration, not by one: on SQLite they go with their table, which a migration builds again where
it alters a column. The owner of the database can drop them; docs/audit.md says what they prove.
"""

from django.db import connection

TABLE = "audit_entry"
# A day less than the shortest that a policy can say: the database's clock and the site's need not agree.
LEAST_DAYS_KEPT = 29
NEVER_CHANGED, KEPT = "audit_entry_never_changed", "audit_entry_kept"

_CHANGED, _DELETED = "entries of the audit log are never changed", "entries of the audit log are kept for their time"
_SQLITE = {
    NEVER_CHANGED: f"BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{_CHANGED}'); END",
    KEPT: (
        f"BEFORE DELETE ON {TABLE} "
        f"WHEN old.at > strftime('%Y-%m-%d %H:%M:%f', 'now', '-{LEAST_DAYS_KEPT} days') "
        f"BEGIN SELECT RAISE(ABORT, '{_DELETED}'); END"
    ),
}
_REFUSE = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{why}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_POSTGRESQL = {
    NEVER_CHANGED: (f"BEFORE UPDATE ON {TABLE} FOR EACH ROW", _CHANGED),
    KEPT: (
        f"BEFORE DELETE ON {TABLE} FOR EACH ROW WHEN (old.at > now() - interval '{LEAST_DAYS_KEPT} days')",
        _DELETED,
    ),
    f"{KEPT}_as_a_whole": (f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT", _DELETED),
}


def make_append_only() -> None:
    """Make the triggers that are missing; nothing where the migrations have not come to the table yet."""
    if TABLE not in connection.introspection.table_names():
        return
    (_make_on_sqlite if connection.vendor == "sqlite" else _make_on_postgresql)()


def _make_on_sqlite() -> None:
    with connection.cursor() as cursor:
        for name, what in _SQLITE.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {what}")


def _make_on_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s)", [TABLE])
        there = {name for (name,) in cursor.fetchall()}
        for name, (when, why) in _POSTGRESQL.items():
            if name not in there:
                cursor.execute(_REFUSE.format(name=name, why=why))
                cursor.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()")
