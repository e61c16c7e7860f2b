"""What collectstatic makes of the entries that pages name."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from supportcenter import bundles
from supportcenter.static_files import entries_of_bundles
from tests.environment import ROOT, site_environment
from tests.source import TEMPLATES, without_comments

STATIC = ROOT / "static"
# How a page names a file, in whatever tag.
NAMED = re.compile(r"(?:js|css)/[\w/]+\.(?:js|css)")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundles")
    names = bundles.make_bundles(entries_of_bundles(), STATIC, folder)
    return folder, names


def test_every_entry_in_templates_is_known_to_the_bundler():
    pages = (re.sub("{#.*?#}", "", path.read_text()) for path in TEMPLATES.rglob("*.html"))
    named = {name for page in pages for name in NAMED.findall(page)}
    importing = {name for name in named if re.search(r"^@?import", without_comments(STATIC / name), re.MULTILINE)}
    assert {"js/pages/dashboard.js", "js/files/opfs_worker.js", "css/site.css"} <= importing
    assert set(entries_of_bundles()) == importing


def test_a_page_has_one_module():
    """Two would each bring what both import, and its listeners twice."""
    pages = sorted((STATIC / "js/pages").glob("*.js"))
    assert pages
    # Django's administration has a page of its own around it.
    every = ('import "../ui/page.js";', 'import "./site.js";')
    alone = [path.name for path in pages if not any(line in path.read_text() for line in every)]
    assert alone == ["wording.js"]


def test_pages_load_modules_one_by_one_where_that_is_wanted(settings):
    assert entries_of_bundles() != []
    settings.BUNDLES = False
    assert entries_of_bundles() == []


def test_pages_load_modules_one_by_one_without_the_bundler(settings, monkeypatch):
    assert entries_of_bundles() != []
    monkeypatch.setattr(bundles, "BUNDLER", "no_bundler_here")
    assert entries_of_bundles() == []


def test_a_bundle_imports_nothing(made):
    folder, names = made
    assert {"js/pages/dashboard.js", "js/pages/dashboard.js.map", "css/pages/dashboard.css"} <= set(names)
    imports = re.compile(r"@import|\bfrom\s*[\"']\.|\bimport\s*[\"'(]")
    texts = {name: (folder / name).read_text() for name in names if not name.endswith(".map")}
    assert [name for name, text in texts.items() if imports.search(text)] == []


def test_a_sheet_has_all_that_it_imports_in_their_order(made):
    folder, _ = made
    text = (folder / "css/site.css").read_text()
    parts = [(STATIC / "css" / name).read_text() for name in ("tokens.css", "base.css", "toast.css")]
    assert [text.count(part) for part in parts] == [1, 1, 1]
    assert sorted(parts, key=text.index) == parts


def test_source_maps_lead_to_the_modules(made):
    folder, names = made
    for name in (name for name in names if name.endswith(".js")):
        text = (folder / name).read_text()
        assert re.search(r"^//# sourceMappingURL=(.*)$", text, re.MULTILINE)[1] == f"{Path(name).name}.map"
        found = json.loads((folder / f"{name}.map").read_text())
        sources = [(STATIC / name).parent / source for source in found["sources"]]
        assert [path.read_text() for path in sources] == found["sourcesContent"]


def test_every_machine_makes_the_same_bundles(made, tmp_path):
    """Two web processes that are built apart would else name files that the other one does not have."""
    folder, names = made
    deeper = tmp_path / "deeper" / "down"
    bundles.make_bundles(entries_of_bundles(), STATIC, deeper)
    assert [name for name in names if (deeper / name).read_bytes() != (folder / name).read_bytes()] == []


# ---- Collected --------------------------------------------------------------------------------------------------


def collected(folder, **environment):
    """The manifest of a site whose files were prepared, and the text of what a name leads to."""
    command = [sys.executable, "manage.py", "prepare", "--files"]
    subprocess.run(command, cwd=ROOT, env=site_environment(folder, **environment), check=True)
    paths = json.loads((folder / "static/staticfiles.json").read_text())["paths"]
    return paths, lambda name: (folder / "static" / paths[name]).read_text()


@pytest.mark.process
def test_collected_bundles_name_their_hashed_maps_and_are_compressed(tmp_path):
    paths, text = collected(tmp_path)
    for name in (name for name in entries_of_bundles() if name.endswith(".js")):
        said = re.search(r"^//# sourceMappingURL=(.*)$", text(name), re.MULTILINE)[1]
        assert str(Path(name).parent / said) == paths[f"{name}.map"]
    for name in ("js/pages/dashboard.js", "css/pages/dashboard.css"):
        assert {path.suffix for path in (tmp_path / "static").glob(f"{paths[name]}.*")} == {".br", ".gz"}


@pytest.mark.process
def test_collected_modules_import_by_hashed_names(tmp_path):
    """Else a browser would mix the scripts of two releases; the hook for it is Django's, and still experimental."""
    paths, text = collected(tmp_path, BUNDLES="0")
    for name in ("js/pages/dashboard.js", "css/site.css"):
        imported = re.findall(r"""(?:from|import) ?(?:url\()?["']([^"']+)["']""", text(name))
        assert len(imported) > 5
        found = {str((ROOT / name).parent.joinpath(each).resolve().relative_to(ROOT)) for each in imported}
        assert found <= set(paths.values())
