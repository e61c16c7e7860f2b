"""Tests and the sites they start have servers of their own, whatever a developer's `.env` and shell name."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.environment import ROOT
from tests.site_process import SiteProcess

THEIRS = {
    "DATABASE_URL": "postgres://them@db.example.org/theirs",
    "REDIS_URL": "redis://redis.example.org/0",
    "EMAIL_URL": "submission://mail.example.org:587",
    "CLAMD_URL": "tcp://clamd.example.org:3310",
    "SITE_URL": "https://support.example.org",
}
TELL = """
import json
from django.conf import settings as s
database = str(s.DATABASES["default"]["NAME"])
print(json.dumps([database, s.REDIS_URL, s.EMAIL_HOST, s.CLAMD_URL, s.SITE.hostname]))
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """What settings are made of, in a folder with a developer's own `.env`."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "supportcenter", folder / "supportcenter")
    (folder / "tests").mkdir()
    for name in ("tests/__init__.py", "tests/environment.py", "tests/settings.py", ".env.example"):
        shutil.copy(ROOT / name, folder / name)
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in THEIRS.items()))
    return folder


@pytest.fixture
def bare():
    """A shell that exports nothing of the site's."""
    return {name: os.environ[name] for name in ("PATH", "PYTHONPYCACHEPREFIX") if name in os.environ}


def settings_in(checkout, environment):
    command = [sys.executable, "-c", TELL]
    return json.loads(subprocess.run(command, cwd=checkout, env=environment, check=True, stdout=subprocess.PIPE).stdout)


def own(database):
    return [database, "", "localhost", "", "127.0.0.1"]


def test_empty_database_url_means_sqlite(checkout, bare):
    environment = {**bare, "DJANGO_SETTINGS_MODULE": "supportcenter.settings", "DATABASE_URL": "", "DATA_DIR": "data"}
    database, *_others = settings_in(checkout, environment)
    assert database.endswith("data/support.sqlite3")


def test_product_takes_what_the_file_says(checkout, bare):
    found = settings_in(checkout, {**bare, "DJANGO_SETTINGS_MODULE": "supportcenter.settings"})
    assert found == ["theirs", THEIRS["REDIS_URL"], "mail.example.org", THEIRS["CLAMD_URL"], "support.example.org"]


def test_site_that_tests_start_has_its_own(checkout, tmp_path):
    found = settings_in(checkout, SiteProcess(tmp_path).environment)
    assert found == own(str(tmp_path / "support.sqlite3"))


def test_site_that_tests_start_takes_nothing_from_the_shell(checkout, tmp_path, monkeypatch):
    for name, value in THEIRS.items():
        monkeypatch.setenv(name, value)
    found = settings_in(checkout, SiteProcess(tmp_path).environment)
    assert found == own(str(tmp_path / "support.sqlite3"))


@pytest.fixture
def of_tests(bare):
    return {**bare, "DJANGO_SETTINGS_MODULE": "tests.settings"}


@pytest.mark.parametrize("exported", [{}, THEIRS])
def test_process_of_the_tests_has_its_own(checkout, of_tests, exported):
    assert settings_in(checkout, {**of_tests, **exported}) == own(str(checkout / "var" / "unused.sqlite3"))


def test_process_of_the_tests_takes_the_database_that_is_for_it(checkout, of_tests):
    given = {**of_tests, "TEST_DATABASE_URL": "postgres://postgres@127.0.0.1/for_tests"}
    assert settings_in(checkout, given) == own("for_tests")


@pytest.mark.parametrize(("name", "exported"), [(".env", {}), ("other.env", {"ENV_FILE": "other.env"})])
def test_process_of_the_tests_writes_where_the_file_says(checkout, of_tests, tmp_path, name, exported):
    elsewhere = shutil.copytree(checkout, tmp_path / "checkout")
    (elsewhere / name).write_text(f"DATA_DIR={tmp_path / 'data'}\n")
    settings_in(elsewhere, {**of_tests, **exported})
    assert (tmp_path / "data" / "secret_key").exists()


def test_folder_that_the_file_names_is_one_of_the_checkout(checkout, of_tests, tmp_path):
    elsewhere = shutil.copytree(checkout, tmp_path / "checkout")
    (elsewhere / ".env").write_text("DATA_DIR=here\n")
    settings_in(tmp_path, {**of_tests, "PYTHONPATH": str(elsewhere)})
    assert (elsewhere / "here" / "secret_key").exists()


def test_runner_with_its_redis_is_taken(checkout, bare):
    environment = {
        **bare,
        "DJANGO_SETTINGS_MODULE": "supportcenter.settings",
        "DATA_DIR": "data",
        "ENV_FILE": os.devnull,
    }
    with_redis = {"JOBS_RUNNER": "celery", "REDIS_URL": "redis://redis.example.org/0"}
    assert settings_in(checkout, environment | with_redis)[1] == with_redis["REDIS_URL"]
