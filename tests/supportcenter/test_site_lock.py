"""Several processes of a site start at once: one prepares it, the others wait and then find nothing to do."""

import fcntl
import signal
from contextlib import contextmanager

import psycopg
import pytest

from supportcenter.site_lock import PREPARING, SiteInUse, one_at_a_time, site_to_itself, stay_in_use
from tests.site_process import PATIENCE, SiteProcess

WAITS = "Another process is preparing the site: waiting for it.\n"


@contextmanager
def held_in(connection):
    connection.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
    yield
    connection.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])


@contextmanager
def held(path):
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def prepare_at_once(lock, *sites):
    """Have them begin to prepare at the moment when `lock` is let go of; each has waited for it, and all succeed."""
    with lock:
        commands = [site.manage("prepare") for site in sites]
        assert [command.stdout.readline() for command in commands] == [WAITS] * len(sites)
    said = [command.communicate(timeout=PATIENCE)[0] for command in commands]
    assert [(command.returncode, words) for command, words in zip(commands, said, strict=True)] == [(0, "")] * len(
        sites
    )


@pytest.mark.process
def test_two_processes_prepare_one_site_on_sqlite(tmp_path):
    prepare_at_once(held(tmp_path / "prepare.lock"), SiteProcess(tmp_path), SiteProcess(tmp_path))


@pytest.mark.process
def test_two_machines_prepare_one_database(tmp_path, postgres_url):
    sites = [SiteProcess(tmp_path / name, DATABASE_URL=postgres_url) for name in ("one", "two")]
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        prepare_at_once(held_in(connection), *sites)


@pytest.mark.process
def test_site_is_served_by_several_processes_but_not_while_it_is_restored(prepared_folder, tmp_path):
    with held(prepared_folder / "in-use.lock"):
        command = SiteProcess(prepared_folder).manage("serve")
        said, _ = command.communicate(timeout=PATIENCE)
    assert (command.returncode, said) == (
        1,
        "CommandError: A restore is under way in this DATA_DIR: start again when it is done.\n",
    )


@pytest.mark.django_db
def test_waiting_has_an_end(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    said = []
    with held(tmp_path / "prepare.lock"), pytest.raises(SiteInUse), one_at_a_time(said.append, patience=0.3):
        pass
    assert said == [WAITS.strip()]


def test_site_in_use_has_nobody_to_itself(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    kept = []
    monkeypatch.setattr("supportcenter.site_lock._kept", kept)
    with site_to_itself(), pytest.raises(SiteInUse):
        stay_in_use()
    stay_in_use()
    stay_in_use()
    with pytest.raises(SiteInUse), site_to_itself():
        pass
    for file in kept:
        file.close()
    with site_to_itself():
        pass


@pytest.mark.process
def test_lock_ends_with_its_process(prepared_folder):
    with SiteProcess(prepared_folder) as site:
        with pytest.raises(SiteInUse), site_to_itself_in(prepared_folder):
            pass
        site.stop(signal.SIGKILL)
        with site_to_itself_in(prepared_folder):
            pass


@contextmanager
def site_to_itself_in(folder):
    from django.test import override_settings

    with override_settings(DATA_DIR=folder), site_to_itself():
        yield
