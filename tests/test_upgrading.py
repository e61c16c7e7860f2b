"""docs/upgrading.md lists what the code uses of other projects unpromised, and the test that guards each."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ["supportcenter", "sessions_app", "invitations", "webacd"]
TEXT = (ROOT / "docs" / "upgrading.md").read_text()
# Documented, in spite of their names.
PROMISED = {"_meta", "_replace", "_asdict", "_exit"}


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


def test_files_and_tests_that_are_named_exist():
    there = {path.name for folder in [*PACKAGES, "tests"] for path in (ROOT / folder).rglob("*.py")}
    named = {Path(name).name for name in re.findall(r"`([\w/]+\.py)`", TEXT)}
    assert len(named) > 30
    assert named - there == set()
