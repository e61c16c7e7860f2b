"""The project's own text, for tests of what no run of it shows: what nothing calls, what stands in the wrong place."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
APPS = ["sessions_app", "invitations", "webacd"]
PACKAGES = ["supportcenter", *APPS]


def modules(*packages):
    found = [path for package in packages for path in (ROOT / package).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def places(pattern, paths, *, flags=0):
    """Where a pattern stands, as file:line, so that a failing test is a list of things to look at."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:90]}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(pattern, line, flags)
    ]


def calls_of(name, path):
    """The calls in a file of something by that name, imported or as an attribute."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and name in (getattr(node.func, "id", None), getattr(node.func, "attr", None)):
            yield node


def event_catalogues():
    return [path for path in modules(*APPS) if path.name == "events.py"]


@cache
def event_types():
    """The first word of every draft, also of those built by a `_draft` of the catalogue's own."""
    calls = [call for path in event_catalogues() for name in ("Draft", "_draft") for call in calls_of(name, path)]
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}
