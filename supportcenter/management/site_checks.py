"""What `manage.py doctor` looks at for the site as a whole; the apps add theirs."""

import tempfile
from collections.abc import Iterator

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from supportcenter.doctor import Finding, fail, health_check, ok
from supportcenter.schema import unknown_migrations
from supportcenter.version import VERSION

# Seconds for an answer.
PATIENCE = 5


@health_check("database")
def database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    yield ok(f"{connection.display_name} answers")
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield fail(f"{len(missing)} migrations are not applied: run `manage.py prepare`")
    else:
        yield ok("all migrations are applied")


@health_check("release")
def release() -> Iterator[Finding]:
    if unknown := unknown_migrations():
        yield fail(
            _("A newer release has migrated the database: %(names)s. This is %(version)s.")
            % {"names": ", ".join(unknown), "version": VERSION},
            do=_("Install the newer release again, or restore the backup from before the upgrade (docs/backup.md)."),
        )
    else:
        yield ok(_("%(version)s knows every migration of the database") % {"version": VERSION})


@health_check("Redis")
def redis_server() -> Iterator[Finding]:
    if not settings.REDIS_URL:
        yield ok("not configured, which is right for a single process")
        return
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as client:
        client.ping()
    yield ok("answers")


@health_check("DATA_DIR")
def data_folder() -> Iterator[Finding]:
    with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
        file.write(b"doctor")
        file.flush()
    yield ok(f"{settings.DATA_DIR} can be written")
