"""A database that a newer release has migrated is left alone, by every process, with one sentence."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from supportcenter.schema import NewerDatabase, known_migrations, refuse_newer_database, unknown_migrations
from supportcenter.version import VERSION
from tests.site_process import PATIENCE, SiteProcess
from tests.supportcenter.test_doctor import lines_of

SENTENCE = (
    f"This is release {VERSION}, and a newer one has migrated the database (webacd.9999_of_tomorrow): install the "
    "newer one again, or restore the backup from before the upgrade into an empty site (docs/backup.md).\n"
)


@pytest.mark.django_db
def test_database_of_this_release_is_known():
    refuse_newer_database()
    assert lines_of("release") == [f"ok    release: {VERSION} knows every migration of the database"]


@pytest.mark.django_db
def test_migration_of_ours_that_is_not_here_is_of_a_newer_release():
    MigrationRecorder(connection).record_applied("webacd", "9999_of_tomorrow")
    assert unknown_migrations() == ["webacd.9999_of_tomorrow"]
    with pytest.raises(NewerDatabase) as refused:
        refuse_newer_database()
    assert f"{refused.value}\n" == SENTENCE
    (line,) = lines_of("release")
    assert (
        line == f"FAIL  release: A newer release has migrated the database: webacd.9999_of_tomorrow. This is {VERSION}."
    )


@pytest.mark.django_db
@pytest.mark.parametrize("app", ["account", "auth", "an_app_that_is_gone"])
def test_migrations_of_libraries_and_of_apps_that_are_gone_refuse_nothing(app):
    MigrationRecorder(connection).record_applied(app, "9999_squashed_since")
    refuse_newer_database()


@pytest.mark.django_db
def test_squashed_migration_names_those_that_it_replaces():
    loader = MigrationLoader(connection)
    loader.disk_migrations["webacd", "0001_initial"].replaces = [("webacd", "0000_before")]
    assert ("webacd", "0000_before") in known_migrations(loader)


@pytest.fixture
def newer_site(prepared_folder, tmp_path):
    import shutil

    folder = shutil.copytree(prepared_folder, tmp_path / "site")
    with closing(sqlite3.connect(folder / "support.sqlite3")) as database, database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('webacd', '9999_of_tomorrow', 0)")
    return SiteProcess(folder)


@pytest.mark.process
@pytest.mark.parametrize("command", [["serve"], ["serve", "--prepare"], ["prepare"]], ids=" ".join)
def test_newer_database_is_not_served(newer_site, command):
    process = newer_site.manage(*command)
    said, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (1, f"CommandError: {SENTENCE}")


@pytest.mark.process
@pytest.mark.parametrize("part", ["worker", "beat"])
def test_newer_database_has_no_worker_and_no_clock(newer_site, redis_url, part):
    newer_site.program = [sys.executable, "-m", "celery", "-A", "supportcenter"]
    newer_site.environment["REDIS_URL"] = redis_url
    process = newer_site.manage(
        part, *(["--pool", "solo"] if part == "worker" else ["--schedule", str(newer_site.data_dir / "beat")])
    )
    try:
        said, _ = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    assert process.returncode == 1, said
    assert said.endswith(SENTENCE)
