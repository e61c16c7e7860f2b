"""The project's own text, for tests of what no run of it shows: what nothing calls, what stands in the wrong place."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
APPS = ["sessions_app", "invitations", "webacd"]
PACKAGES = ["supportcenter", *APPS]
TEMPLATES, SCRIPTS, STYLES = ROOT / "templates", ROOT / "static" / "js", ROOT / "static" / "css"
# What events and signals carry, for the type check: no browser loads it.
TYPES_ALONE = SCRIPTS / "core/event_data.js"


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


def event_catalogues(*apps):
    """An app's catalogue is a module, or a package with a module for each topic and one of what they have in common."""
    found = [path for path in modules(*(apps or APPS)) if "events" in (path.stem, path.parent.name)]
    return [path for path in found if path.stem != "facts"]


@cache
def event_types():
    """The first word of every draft, also of those built by a `_draft` of the catalogue's own."""
    calls = [call for path in event_catalogues() for name in ("Draft", "_draft") for call in calls_of(name, path)]
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}


@cache
def tree(path):
    return ast.parse(path.read_text())


@cache
def strings(path):
    """What stands in quotes in a module, without the fixed parts of an f-string."""
    parts = {id(part) for node in ast.walk(tree(path)) if isinstance(node, ast.JoinedStr) for part in node.values}
    found = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Constant) and id(node) not in parts]
    return {node.value for node in found if isinstance(node.value, str)}


@cache
def strings_of(*packages):
    return set().union(*map(strings, modules(*packages)))


def quoted(path):
    """Names of two words in the quotes of a page or a script."""
    return set(re.findall(r"""["'`]([a-z_]+\.[a-z_]+)["'`]""", path.read_text()))


@cache
def scripts():
    return sorted(SCRIPTS.rglob("*.js"))


@cache
def templates():
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


def named(path):
    return str(path.relative_to(ROOT))


def without_comments(path):
    return re.sub(r"/\*.*?\*/|^\s*//.*?$", "", path.read_text(), flags=re.DOTALL | re.MULTILINE)
