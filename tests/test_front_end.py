"""Scripts, styles and the comments in them: nothing that nobody uses, nothing named that is not there."""

import re
from pathlib import Path

from tests.source import (
    PACKAGES,
    ROOT,
    SCRIPTS,
    STYLES,
    TYPES_ALONE,
    modules,
    named,
    places,
    scripts,
    strings,
    strings_of,
    templates,
    without_comments,
)

# ---- Comments ---------------------------------------------------------------------------------------------------

COMMENTS = {
    ".html": r"{#.*?#}|{% comment.*?endcomment %}",
    ".js": r"/\*.*?\*/|//[^\n]*",
    ".css": r"/\*.*?\*/",
    ".py": r'#[^\n]*|""".*?"""',
}


def files_named_in_comments(path):
    for comment in re.findall(COMMENTS[path.suffix], path.read_text(), re.DOTALL):
        without_addresses = re.sub(r"https?://\S+", "", comment)
        yield from re.findall(r'(?<![\w.<>}/"-])[\w./-]*\w\.(?:js|html|css|py|md)\b', without_addresses)


def test_comments_name_files_that_exist():
    """What was renamed or moved is renamed in the comments, too."""
    ours = [path for name in [*PACKAGES, "templates", "static", "docs", "tests"] for path in (ROOT / name).rglob("*.*")]
    known = {f"/{named(path)}" for path in [*ours, *ROOT.glob("*.*")]}
    readers = [*scripts(), *templates(), *STYLES.rglob("*.css"), *modules(*PACKAGES)]
    told = [(path, name) for path in readers if path.suffix in COMMENTS for name in files_named_in_comments(path)]
    strange = [(path, name) for path, name in told if not any(each.endswith(f"/{name}") for each in known)]
    assert [f"{named(path)}: {name}" for path, name in strange] == []
    assert told != []


# Names of tests are sentences too.
NOT_PLAIN = re.compile(r"(?<![a-z])(he|his|him|himself|anew|whoever)(?![a-z])", re.IGNORECASE)


def test_comments_and_names_are_plain_english():
    """People are they; what happens once more happens again."""
    sources = [*modules(*PACKAGES, "benchmarks", "tests"), *scripts(), *templates(), *STYLES.rglob("*.css")]
    sources += [*(ROOT / "tests/js").rglob("*.js"), ROOT / "Makefile"]
    # Without those that name the words.
    readers = {*sources} - {Path(__file__), ROOT / "tests/supportcenter/test_wording.py"}
    assert places(NOT_PLAIN, sorted(readers)) == []
    assert NOT_PLAIN.search("def test_page_is_drawn_anew():")


# ---- Addresses --------------------------------------------------------------------------------------------------

# `reverse`, `{% url %}`, `{% static %}` and `{% socket %}` know where the site is; what is written by hand does not.
BY_HAND = {
    ".html": re.compile(r"""=["']?/[A-Za-z]"""),
    ".js": re.compile(r"""["'`]/[A-Za-z]"""),
    ".css": re.compile(r"""url\(["']?/"""),
}


def test_no_address_is_written_by_hand():
    """A site below a path would lead its people to what is at the root of the host."""
    pages = [path for path in templates() if path.suffix == ".html"]
    sources = [*pages, *scripts(), *STYLES.rglob("*.css")]
    assert [each for path in sources for each in places(BY_HAND[path.suffix], [path])] == []
    in_modules = [(named(path), each) for path in modules(*PACKAGES) for each in strings(path)]
    assert [(name, each) for name, each in in_modules if re.fullmatch(r"/[a-z][\w/-]*/", each)] == []


# ---- Scripts and styles -----------------------------------------------------------------------------------------


def imports(path):
    names = re.findall(r"""\b(?:from|import)\s*\(?\s*["'](\.[\w./]+)["']""", without_comments(path))
    return {(path.parent / name).resolve() for name in names}


def test_every_script_is_loaded():
    """By a page, by another script, or as a Worker, whose address stands in a page."""
    in_pages = {SCRIPTS / name for path in templates() for name in re.findall(r"js/([\w/]+\.js)", path.read_text())}
    in_scripts = set().union(*map(imports, scripts()))
    assert [named(path) for path in scripts() if path not in in_pages | in_scripts | {TYPES_ALONE}] == []


def exports(path):
    return re.findall(r"^export (?:async )?(?:function\*?|class|const|let) (\w+)", path.read_text(), re.MULTILINE)


def test_exports_are_used_elsewhere():
    """By another script, or by the test that alone needs it."""
    tests = [path for kind in ("js", "py") for path in (ROOT / "tests").rglob(f"*.{kind}")]
    words = {path: set(re.findall(r"\w+", path.read_text())) for path in [*scripts(), *tests]}
    exported = [(path, name) for path in scripts() for name in exports(path)]
    used = {(path, name) for path, name in exported for other in words if other != path and name in words[other]}
    assert [f"{named(path)}: {name}" for path, name in exported if (path, name) not in used] == []


def classes(path):
    for selector in re.findall(r"([^{}]+)\{", without_comments(path)):
        yield from re.findall(r"\.([A-Za-z_][\w-]*)", selector)


def test_every_class_of_the_styles_is_given_to_something():
    text = "".join(path.read_text() for path in [*modules(*PACKAGES), *scripts(), *templates()])
    words = set(re.findall(r"[\w-]+", text))
    sheets = sorted(STYLES.rglob("*.css"))
    assert [f"{named(path)}: {name}" for path in sheets for name in classes(path) if name not in words] == []


def attributes(text):
    """The `data-` attributes that a text names as they are written, or for a tag with `_`."""
    for_tags = re.findall(r" data_(\w+)=", "".join(re.findall(r"{% icon_button [^%]*%}", text)))
    return {*re.findall(r"\bdata-([a-z][a-z0-9_-]*)", text), *(name.replace("_", "-") for name in for_tags)}


def as_in_datasets(name):
    return re.sub(r"-([a-z])", lambda letter: letter[1].upper(), name)


def test_every_data_attribute_is_read():
    """By a script, a style or a test. The end of a data-text-… may be a word of an event: data-text-stopped-ended."""
    tests = [path for kind in ("js", "py") for path in (ROOT / "tests").rglob(f"*.{kind}")]
    readers = [*scripts(), *STYLES.rglob("*.css"), *tests]
    read = set().union(*(attributes(without_comments(path)) for path in readers))
    in_datasets = set().union(*(re.findall(r"\w+", path.read_text()) for path in scripts()))
    words = strings_of(*PACKAGES).union(*(re.findall(r'"([\w-]+)"', path.read_text()) for path in scripts()))
    given = {(path, name) for path in templates() for name in attributes(path.read_text())}
    unread = {each for each in given if each[1] not in read and as_in_datasets(each[1]) not in in_datasets}
    composed = {each for each in unread if re.sub("^text-(other-|stopped-|reason-|before-)?", "", each[1]) in words}
    assert [f"{named(path)}: data-{name}" for path, name in sorted(unread - composed)] == []


def test_scripts_and_styles_look_for_data_attributes_that_are_given():
    """By a template, Python that draws a field, or a script."""
    given = set().union(*(attributes(path.read_text()) for path in [*modules(*PACKAGES), *templates()]))
    in_scripts = "".join(path.read_text() for path in scripts())
    given |= set(re.findall(r'Attribute\("data-([\w-]+)"', in_scripts))
    # Which the script of Django's admin sets.
    given.add("theme")
    set_by_name = set(re.findall(r"\.dataset\.(\w+) = ", in_scripts))
    readers = [(path, without_comments(path)) for path in [*scripts(), *STYLES.rglob("*.css")]]
    asked = {(path, name) for path, text in readers for name in re.findall(r"\[data-([a-z][\w-]*)", text)}
    missing = {each for each in asked if each[1] not in given and as_in_datasets(each[1]) not in set_by_name}
    assert [f"{named(path)}: [data-{name}]" for path, name in sorted(missing)] == []


MOST_LINES = {".js": 250, ".css": 250, ".html": 120}


def test_scripts_styles_and_templates_stay_small():
    """One that has grown too long wants to be two, along the ideas in it."""
    files = [*scripts(), *STYLES.rglob("*.css"), *templates()]
    lines = [(path, len(path.read_text().splitlines())) for path in files if path.suffix in MOST_LINES]
    assert [f"{named(path)}: {count}" for path, count in lines if count > MOST_LINES[path.suffix]] == []
