"""docs/requirements.md explains each code once and tells the true defaults; the glossary has the words of the pages."""

import re
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / "docs" / "requirements.md"
GLOSSARY = ROOT / "docs" / "glossary.md"
TOP = ["supportcenter", "sessions_app", "invitations", "webacd", "templates", "static", "tests", "docs", "findings"]
SUFFIXES = {".py", ".html", ".css", ".js", ".md", ".sh"}
# The measures of `python -m benchmarks` have codes of their own.
OF_MEASURES = ROOT / "docs" / "performance.md"

CODE = re.compile(r"(?<![\w#&%./\\])[SE]\d{1,2}b?(?![\w.]\w|\w)")
ACD = re.compile(r"\bacd (\d+(?:(?:,| and| to|–) ?\d+)*)")
ENTRY = re.compile(r"^- \*\*([SE]\d+b?|acd \d+)\*\* ", re.MULTILINE)
DEFAULT = re.compile(r"⟨([^⟩]*)⟩\s*(?:`(\w+)\.(\w+)`)?")
POLICIES = {"SitePolicy": "accounts", "CsrPrivileges": "accounts", "AcdPolicy": "webacd", "Queue": "webacd"}


def texts():
    """Whatever people wrote: the files at the top and all below the folders of the project."""
    inside = (path for top in TOP for path in (ROOT / top).rglob("*"))
    found = {path for path in (*ROOT.iterdir(), *inside) if path.suffix in SUFFIXES and path.is_file()}
    return sorted(found - {REQUIREMENTS, OF_MEASURES, Path(__file__)})


def codes_in(text):
    acd = (f"acd {number}" for numbers in ACD.findall(text) for number in re.findall(r"\d+", numbers))
    return {*CODE.findall(text), *acd}


def entries():
    return ENTRY.findall(REQUIREMENTS.read_text())


def test_codes_are_found_however_they_are_written():
    text = "(S67–S83, E17-E29, acd 6, 14), E39b. acd 1 to 4 and S1: `acd 12`; not R1, #E20, 2E10, E2E, SE12, ES15"
    assert codes_in(text) == {
        *("S67", "S83", "E17", "E29", "E39b", "S1"),
        *("acd 6", "acd 14", "acd 1", "acd 4", "acd 12"),
    }


def test_every_code_is_explained():
    explained = set(entries())
    named = {code: path.relative_to(ROOT) for path in texts() for code in codes_in(path.read_text())}
    assert len(named) > 100
    assert {code: str(path) for code, path in named.items() if code not in explained} == {}


def test_requirements_and_glossary_name_no_other_code():
    assert codes_in(REQUIREMENTS.read_text()) | codes_in(GLOSSARY.read_text()) <= set(entries())


def test_every_entry_stands_once():
    assert len(entries()) > 140
    assert sorted(code for code in set(entries()) if entries().count(code) > 1) == []


# ---- Defaults and settings --------------------------------------------------------------------------------------


def field_of(model, name):
    return apps.get_model(POLICIES[model], model)._meta.get_field(name)


def as_told(default):
    return {True: "on", False: "off"}[default] if isinstance(default, bool) else str(default)


@pytest.mark.parametrize(("told", "model", "name"), DEFAULT.findall(REQUIREMENTS.read_text().split("\n## ", 1)[1]))
def test_default_is_that_of_its_setting(told, model, name):
    assert model, f"⟨{told}⟩ names no setting"
    assert told.split()[0] == as_told(field_of(model, name).default)


@pytest.mark.parametrize("model", ["SitePolicy", "AcdPolicy"])
def test_every_field_of_a_policy_is_named(model):
    fields = {field.name for field in apps.get_model(POLICIES[model], model)._meta.fields} - {"id"}
    text = REQUIREMENTS.read_text()
    assert {name for name in fields if f"`{model}.{name}`" not in text} == set()


# ---- Words ------------------------------------------------------------------------------------------------------


def test_arabic_words_of_the_glossary_are_the_products():
    catalogue = (ROOT / "locale" / "ar" / "LC_MESSAGES" / "django.po").read_text()
    said = "\n".join(re.findall(r'^msgstr(?:\[\d\])? (.*(?:\n".*)*)', catalogue, re.MULTILINE))
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", GLOSSARY.read_text(), re.MULTILINE)
    words = [(word, arabic) for word, arabic in rows if arabic not in ("Arabic", "---", "–")]
    assert len(words) > 30
    assert [pair for pair in words if not re.search(rf"(?<!\w){re.escape(pair[1])}(?!\w)", said)] == []
