"""The release, wherever it is told."""

import re
import tomllib
from io import StringIO

import django
import pytest
from django.core.management import call_command
from django.test import Client

from supportcenter.version import VERSION
from tests.source import ROOT


def test_version_is_the_one_of_the_package():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == VERSION


def test_changelog_tells_of_this_version_last_and_of_what_comes():
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert re.fullmatch(rf"{re.escape(VERSION)} – \d{{4}}-\d\d-\d\d", headings[1])


@pytest.mark.both_databases
@pytest.mark.django_db
def test_command_tells_what_a_report_of_a_fault_needs():
    out = StringIO()
    call_command("version", stdout=out)
    first, *rest = out.getvalue().splitlines()
    assert first == f"Support center {VERSION}"
    assert f"Django {django.get_version()}" in rest
    assert re.fullmatch(r"(SQLite|PostgreSQL) \d+(\.\d+)+", rest[-1])


def page_of(person, path="/"):
    client = Client()
    client.force_login(person)
    return client.get(path).content.decode()


SHOWN = f"Version <bdi>{VERSION}</bdi>"


def test_staff_read_it_in_their_menu(policy, amal, dana):
    assert page_of(amal).count(SHOWN) == page_of(dana).count(SHOWN) == 1


def test_admin_has_it_at_the_foot(policy, dana):
    assert SHOWN in page_of(dana, "/admin/")


@pytest.mark.django_db
def test_others_are_not_told(policy, eve):
    assert VERSION not in page_of(eve)
    assert VERSION not in Client().get("/").content.decode()
