"""docs/upgrading.md lists what the code uses of other projects unpromised, and the test that guards each."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ["supportcenter", "sessions_app", "invitations", "webacd"]
TEXT = (ROOT / "docs" / "upgrading.md").read_text()
# Documented, in spite of their names.
PROMISED = {"_meta", "_base_manager", "_replace", "_asdict", "_exit", "_save"}


def private_attributes_of_others():
    """Attributes with an underscore of what is neither `self` nor `cls`, and where they stand."""
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if is_private(node) and getattr(node.value, "id", "") not in {"self", "cls"}:
                yield node.attr, f"{path.relative_to(ROOT)}:{node.lineno}"


def is_private(node):
    return isinstance(node, ast.Attribute) and re.match("_[^_]", node.attr) and node.attr not in PROMISED


def test_every_private_attribute_of_others_is_listed():
    found = dict(private_attributes_of_others())
    assert {"_commit", "_tempDataLen", "_resource_closers"} <= set(found)
    assert {name: place for name, place in found.items() if not re.search(rf"\b{name}\b", TEXT)} == {}


ROW = re.compile(r"^\| (?!what \||---)(.+) \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)
ROWS = [(what, where, guard) for what, where, _, guard in ROW.findall(TEXT)]


def paths_in(cell):
    return [ROOT / name for name in re.findall(r"`([\w/]+(?:\.py|/))`", cell)]


def test_the_table_is_read():
    assert len(ROWS) > 25
    assert ROWS[0][1] == "`supportcenter/sqlite_queue/base.py`"


@pytest.mark.parametrize(("what", "where", "guard"), ROWS)
def test_row_leads_to_what_uses_it_and_to_what_guards_it(what, where, guard):
    """By full paths: several tests share a name, and one of them guards nothing of this."""
    assert paths_in(where)
    assert paths_in(guard)
    assert [str(path) for path in (*paths_in(where), *paths_in(guard)) if not path.exists()] == []
    assert all(path.is_relative_to(ROOT / "tests") for path in paths_in(guard))


@pytest.mark.parametrize(("what", "where", "guard"), ROWS)
def test_row_names_what_its_files_use(what, where, guard):
    used = "".join(path.read_text() for path in paths_in(where) if path.is_file())
    names = [name for quoted in re.findall(r"`([^`]+)`", what) for name in re.findall(r"[A-Za-z_]\w+", quoted)]
    # A folder of templates has no code to look into: their own names say what they replace.
    assert names or where == "`templates/account/`"
    assert [name for name in names if not re.search(rf"\b{name}\b", used)] == []
