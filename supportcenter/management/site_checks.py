"""What `manage.py doctor` looks at for the site as a whole: its servers, its folder, its clock. The apps add theirs."""

import tempfile
import time
from collections.abc import Iterator
from typing import cast

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext, gettext_noop, ngettext

from supportcenter import clock
from supportcenter.doctor import Finding, fail, health_check, ok
from supportcenter.jobs.models import Role
from supportcenter.jobs.workers.heartbeat import heard_of
from supportcenter.schema import unknown_migrations
from supportcenter.version import VERSION

# Seconds for an answer of Redis.
PATIENCE = 5


@health_check(gettext_noop("database"))
def database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as error:
        yield fail(
            gettext("%(kind)s does not answer: %(error)s") % {"kind": connection.display_name, "error": error},
            gettext("Start the database server, and see that DATABASE_URL names it, its user and its password."),
        )
        return
    yield ok(gettext("%(kind)s answers") % {"kind": connection.display_name})
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        yield fail(
            ngettext("%(count)d migration is not applied", "%(count)d migrations are not applied", missing)
            % {"count": missing},
            gettext("Run “manage.py prepare”."),
        )
    else:
        yield ok(gettext("all migrations are applied"))


@health_check(gettext_noop("release"))
def release() -> Iterator[Finding]:
    if unknown := unknown_migrations():
        yield fail(
            gettext("A newer release has migrated the database: %(names)s. This is %(version)s.")
            % {"names": ", ".join(unknown), "version": VERSION},
            do=gettext(
                "Install the newer release again, or restore the backup from before the upgrade (docs/backup.md)."
            ),
        )
    else:
        yield ok(gettext("%(version)s knows every migration of the database") % {"version": VERSION})


@health_check("Redis")
def redis_server() -> Iterator[Finding]:
    if not settings.REDIS_URL:
        yield _without_redis()
        return
    try:
        with _redis() as client:
            client.ping()
    except (redis.RedisError, OSError) as error:
        yield fail(
            gettext("does not answer: %(error)s. Limits are counted in each process, and live updates come late")
            % {"error": error},
            gettext("Start Redis, and see that REDIS_URL names it."),
        )
    else:
        yield ok(gettext("answers"))


@health_check("DATA_DIR")
def data_folder() -> Iterator[Finding]:
    try:
        with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
            file.write(b"doctor")
            file.flush()
    except OSError as error:
        yield fail(
            gettext("%(folder)s cannot be written: %(error)s") % {"folder": settings.DATA_DIR, "error": error},
            gettext("Make the folder, give it to the account that runs the site, and see that its disk has room."),
        )
    else:
        yield ok(gettext("%(folder)s can be written") % {"folder": settings.DATA_DIR})


@health_check(gettext_noop("clock skew"))
def clock_skew() -> Iterator[Finding]:
    yield _skew(gettext("database"), clock.look().skew if connection.vendor == "postgresql" else 0)
    if not settings.REDIS_URL:
        return
    try:
        with _redis() as client:
            seconds, microseconds = cast("tuple[int, int]", client.time())
    except (redis.RedisError, OSError):
        # The check of Redis says so.
        return
    yield _skew(gettext("Redis"), time.time() - seconds - microseconds / 1_000_000)


def _skew(whose: str, seconds: float) -> Finding:
    facts = {"whose": whose, "seconds": abs(seconds)}
    if abs(seconds) <= clock.WORTH_A_WARNING:
        return ok(gettext("%(whose)s: the clocks agree") % facts)
    if seconds > 0:
        words = gettext("%(whose)s: this machine’s clock is %(seconds).1f seconds ahead") % facts
    else:
        words = gettext("%(whose)s: this machine’s clock is %(seconds).1f seconds behind") % facts
    return fail(words, gettext("Let both machines set their clocks by NTP, for example with chrony."))


def _without_redis() -> Finding:
    serving = [each.name for each in heard_of() if each.role in (Role.WEB, Role.RUNNER)]
    if len(serving) < 2:
        return ok(gettext("not configured, which is right for a single process"))
    return fail(
        gettext("not configured, and several processes serve: %(names)s") % {"names": ", ".join(serving)},
        gettext("Set REDIS_URL for all of them: without it, pages miss what happens in another process."),
    )


def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
