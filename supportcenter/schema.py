"""Which migrations a database has seen, compared with those that this release knows.

Only our own apps count. A library may drop migrations that it has squashed, and a database may hold rows of an app that
is no longer installed; of ours, a squashed migration names those that it replaces for as long as we publish releases.
"""

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from supportcenter.version import VERSION

OURS = ("supportcenter", "sessions_app", "invitations", "webacd")


class NewerDatabase(ImproperlyConfigured):
    """A newer release has migrated this database: nothing of this one may touch it."""

    def __init__(self, unknown: list[str]) -> None:
        names = ", ".join(unknown[:3]) + (" …" if len(unknown) > 3 else "")
        super().__init__(
            f"This is release {VERSION}, and a newer one has migrated the database ({names}): install the newer one "
            "again, or restore the backup from before the upgrade into an empty site (docs/backup.md)."
        )


def refuse_newer_database() -> None:
    """For whatever begins to work with the database. Raises NewerDatabase."""
    if unknown := unknown_migrations():
        raise NewerDatabase(unknown)


def unknown_migrations() -> list[str]:
    """Migrations of our apps that the database has seen, and that this release does not have."""
    loader = MigrationLoader(connection)
    known = known_migrations(loader)
    ours = our_apps()
    return sorted(
        f"{app}.{name}" for app, name in loader.applied_migrations if app in ours and (app, name) not in known
    )


def known_migrations(loader: MigrationLoader) -> set[tuple[str, str]]:
    """Those on the disk, and those that they replace."""
    replaced = {each for migration in loader.disk_migrations.values() for each in migration.replaces}
    return {*loader.disk_migrations, *replaced}


def our_apps() -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name.partition(".")[0] in OURS}
