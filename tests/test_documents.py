"""What the documents name is there: files, tests, folders, commands, names in the code, links and their anchors."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.source import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
TOP = [
    *("supportcenter", "sessions_app", "invitations", "webacd", "templates", "static", "locale"),
    *("tests", "benchmarks", "deploy", "docs", "findings", "requirements"),
]
SUFFIXES = {".py", ".pyi", ".html", ".css", ".js", ".mjs", ".md", ".sh", ".po", ".txt", ".toml", ".yml", ".conf"}
# DATA_DIR and folders in it.
ELSEWHERE = {"var/", "media/", "parts/"}
# What is true of others without our code writing it.
OF_OTHERS = {"HttpOnly", "Secure", "hash_hmac", "http_build_query"}
# What is tested with lines that look like names of files.
MADE_UP = ("tests/js/", "tests/supportcenter/help/")
# The activity of the example, which is not there.
IMAGINED = re.compile("whiteboard")


def each(documents):
    return pytest.mark.parametrize("document", documents, ids=lambda path: path.name)


# ---- What stands in a document ------------------------------------------------------------------------------------


FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def prose(document):
    """The text outside of fences, where a backtick is a quotation."""
    return FENCE.sub("", document.read_text())


def pictures(document):
    return "".join(FENCE.findall(document.read_text()))


def quoted(document):
    return re.findall(r"`([^`\n]+)`", prose(document))


def test_quotations_are_found_outside_of_fences(tmp_path):
    document = tmp_path / "a.md"
    document.write_text("See `one.py`.\n\n```\n`two.py`\n```\n\nAnd `three/`.\n")
    assert quoted(document) == ["one.py", "three/"]


# ---- Files and folders --------------------------------------------------------------------------------------------


@cache
def ours():
    """Every file and folder of the project, as a path from its top."""
    inside = [path for top in TOP for path in (ROOT / top).rglob("*") if "__pycache__" not in path.parts]
    paths = [*(path for path in ROOT.iterdir() if path.is_file()), *(ROOT / top for top in TOP), *inside]
    return {f"{path.relative_to(ROOT)}{'/' if path.is_dir() else ''}" for path in paths}


def is_there(name):
    """A name may leave out the folders above, as `delivery/hub.py` does; what it says must be right."""
    return name in ours() or any(path.endswith(f"/{name}") for path in ours())


FILE = re.compile(
    rf"(?<![\w/.<>*…-])[\w./-]*\w(?:{'|'.join(re.escape(suffix) for suffix in sorted(SUFFIXES))})(?![\w/-])"
)


@each(DOCUMENTS)
def test_files_that_are_named_exist(document):
    """Diagrams and commands included: a picture that names a lost module leads nowhere."""
    text = re.sub(r"https?://\S+|\]\([^)]*\)", "", document.read_text())
    named = {name for name in FILE.findall(text) if not IMAGINED.search(name)}
    assert sorted(name for name in named if not is_there(name)) == []


@each(DOCUMENTS)
def test_folders_that_are_named_exist(document):
    named = {name for name in quoted(document) if re.fullmatch(r"[a-z_.][\w.-]*/(?:[\w.-]+/)*", name)}
    assert sorted(name for name in named - ELSEWHERE if not is_there(name)) == []


def test_a_name_without_its_folders_is_found_and_a_wrong_folder_is_not():
    assert [name for name in ["delivery/hub.py", "hub.py", "delivery/"] if not is_there(name)] == []
    assert [name for name in ["sockets/hub.py", "ub.py", "live/hub.py"] if is_there(name)] == []


# ---- Commands -----------------------------------------------------------------------------------------------------


@each(DOCUMENTS)
def test_commands_that_are_named_exist(document):
    text = document.read_text()
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    goals = re.findall(r"(?:`|^)make ([a-z][\w-]*)", text, re.MULTILINE)
    commands = re.findall(r"manage\.py ([a-z]\w*)", text)
    modules = re.findall(r"python -m ([\w.]+)", text)
    assert [goal for goal in goals if goal not in targets] == []
    assert [command for command in commands if command not in get_commands()] == []
    assert [module for module in modules if not find_spec(module)] == []


# ---- Names in the code --------------------------------------------------------------------------------------------


@cache
def words():
    """Every word of the code, its tests and its settings, names of files included, but not of the documents."""
    files = [
        ROOT / name
        for name in ours()
        if Path(name).suffix in SUFFIXES - {".md"} or name in {"Makefile", ".env.example"}
    ]
    texts = (path.read_text() for path in files if path != Path(__file__) and "requirements" not in path.parts)
    return {word for text in (*texts, *ours()) for word in re.findall(r"[\w-]+", text)}


@each(DOCUMENTS)
def test_names_that_are_quoted_stand_in_the_code(document):
    names = {name for name in quoted(document) if re.fullmatch(r"[A-Za-z_][\w.]*\w(?:\([^()]*\))?", name)}
    names.update(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", pictures(document)))
    plain = {re.sub(r"\(.*", "", name) for name in names if not FILE.fullmatch(name)} - OF_OTHERS
    assert sorted(name for name in plain if not set(name.split(".")) <= words()) == []


# ---- Words --------------------------------------------------------------------------------------------------------


@each(DOCUMENTS)
def test_email_has_one_spelling(document):
    assert re.findall(r"(?i)e-mail\w*", document.read_text()) == []


# ---- Links --------------------------------------------------------------------------------------------------------


def anchors_of(path):
    """As GitHub makes them of headings, or as topics of the help centre give them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    if "help" in path.parts:
        return {found[1] for heading in headings if (found := re.search(r"\{#([a-z0-9-]+)\}$", heading))}
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def leads_somewhere(target, *, start):
    name, _, anchor = target.partition("#")
    path = start.parent / name if name else start
    return path.exists() and (not anchor or anchor in anchors_of(path))


@each(DOCUMENTS)
def test_links_lead_somewhere(document):
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", prose(document)) if "://" not in target]
    assert [target for target in targets if not leads_somewhere(target, start=document)] == []


@pytest.mark.parametrize("target", ["docs/protocol.md", "docs/protocol.md#close-codes", "#the-map"])
def test_a_link_needs_its_document_and_its_heading(target):
    readme = ROOT / "README.md"
    assert leads_somewhere(target, start=readme)
    assert not leads_somewhere(f"{target}s", start=readme)


def test_documents_that_code_names_exist():
    """Comments, templates and settings lead to a document by its path or, within docs/, by its name."""
    lost = set()
    written = [ROOT / name for name in ours() if Path(name).suffix in SUFFIXES and not name.startswith(MADE_UP)]
    for path in [path for path in written if path != Path(__file__)]:
        for name, anchor in re.findall(r"(?<![\w/.-])([\w./-]+\.md)(?:#([\w-]+))?", path.read_text()):
            document = next((at for at in (path.parent / name, ROOT / name, ROOT / "docs" / name) if at.exists()), None)
            if document is None or (anchor and anchor not in anchors_of(document)):
                lost.add(f"{path.relative_to(ROOT)}: {name}#{anchor}")
    assert lost == set()
