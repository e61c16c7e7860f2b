"""What of a backup differs between SQLite and PostgreSQL: reading one moment, keys that were given, an empty start."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps.registry import Apps
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader

from supportcenter.backups.errors import NoBackup
from supportcenter.backups.rows import models_with_rows

MIGRATIONS = "django_migrations"


@contextmanager
def one_moment() -> Iterator[None]:
    """Every query inside reads the database as it was at the first one; writers do not wait for it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with transaction.atomic():
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SELECT 1")
                yield
            return
        # Not `atomic`, which is a writer here. A deferred transaction reads its moment once it reads at all.
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT count(*) FROM sqlite_master")
            yield
        finally:
            cursor.execute("ROLLBACK")


def apps_as_migrated() -> Apps:
    """The models as the migrations that this database has seen leave them."""
    loader = MigrationLoader(connection)
    return loader.project_state([node for node in loader.applied_migrations if node in loader.graph.nodes]).apps


def size_of_database() -> int:
    """Bytes, more or less."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


# ---- Keys that were given -----------------------------------------------------------------------------------------


def last_keys(apps: Apps) -> dict[str, int]:
    """For each table the highest key it ever gave: that of a deleted row is not given again after a restore either."""
    return {model._meta.label: _last_key(model) for model in models_with_rows(apps) if _gives_keys(model)}


def set_last_keys(apps: Apps, known: dict[str, int]) -> None:
    for model in models_with_rows(apps):
        if _gives_keys(model):
            highest = model._base_manager.aggregate(highest=models.Max("pk"))["highest"] or 0
            _set_last_key(model, max(highest, known.get(model._meta.label, 0)))


def _gives_keys(model: type[models.Model]) -> bool:
    return model._meta.auto_field is not None and model._meta.auto_field.model._meta.db_table == model._meta.db_table


def _last_key(model: type[models.Model]) -> int:
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table), column])
            (sequence,) = cursor.fetchone()
            if sequence is None:
                return 0
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608
        else:
            cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        return int(cursor.fetchone()[0])


def _set_last_key(model: type[models.Model], key: int) -> None:
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), GREATEST(%s, 1), %s)",
                [connection.ops.quote_name(table), column, key, key > 0],
            )
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, key])


# ---- An empty start -----------------------------------------------------------------------------------------------


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """One transaction, tables included. Rows may come before those that they refer to, until `check_references`."""
    # SQLite's switch for that takes effect outside of a transaction only.
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            yield
    finally:
        connection.enable_constraint_checking()


def refuse_others_connected() -> None:
    """Raises NoBackup while anybody is connected, from this machine or another. SQLite has the locks of files."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        if others := cursor.fetchone()[0]:
            raise NoBackup(
                f"Other programs are connected to the database ({others}): stop the site, its worker, its clock and "
                "whatever else reads it first."
            )


def our_tables(apps: Apps) -> set[str]:
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {MIGRATIONS}


def tables_there() -> set[str]:
    """All tables, but for those in which SQLite keeps an index, such as of names: they are made from others."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor != "sqlite":
            return tables
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
        indexes = [name for (name,) in cursor.fetchall()]
    return {table for table in tables if not any(f"{table}_".startswith(f"{index}_") for index in indexes)}


def drop_tables(tables: set[str]) -> None:
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}{cascade}")


def delete_rows(apps: Apps) -> None:
    """What migrations have put into their new tables; the backup has those rows as they have become."""
    with connection.cursor() as cursor:
        for model in models_with_rows(apps):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
