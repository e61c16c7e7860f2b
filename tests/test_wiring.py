"""What meets by its name alone: events and who hears them, later work and its handlers, templates and who renders them.

No run of the site shows that a name leads nowhere: nothing happens, or nothing is asked for.
"""

import ast
import re
from functools import cache
from pathlib import Path

import django.forms
import pytest
from django.template import engines
from django.template.library import import_library
from django.template.utils import get_app_template_dirs

from sessions_app.rules.signals import RULES
from supportcenter.accounts.urls import urlpatterns as account_urls
from tests.source import APPS, PACKAGES, ROOT, calls_of, event_catalogues, event_types, modules

TEMPLATES, SCRIPTS, STYLES = ROOT / "templates", ROOT / "static" / "js", ROOT / "static" / "css"
FORMS = Path(django.forms.__file__).parent / "templates"
# By these names Django and allauth look for pages of their refusals.
ERRORS = {"403.html", "404.html", "429.html", "500.html"}
# The beginning of a waiting customer's own history: a page that is opened later starts after it.
HEARD_BY_NOBODY = {"request.entered"}
# What events and signals carry, for the type check: no browser loads it.
TYPES_ALONE = SCRIPTS / "core/event_data.js"


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


# ---- Events -----------------------------------------------------------------------------------------------------


def builders():
    for path in event_catalogues():
        functions = [node.name for node in tree(path).body if isinstance(node, ast.FunctionDef)]
        yield from ((path.parent.name, name) for name in functions if not name.startswith("_"))


def uses(app, builder, path):
    text = path.read_text()
    is_imported = re.search(rf"^from {app} import (.*\W)?events\b", text, re.MULTILINE)
    return is_imported and re.search(rf"\bevents\.{builder}\b", text)


@pytest.mark.parametrize(("app", "builder"), [*builders()])
def test_event_builder_is_used(app, builder):
    assert [named(path) for path in modules(*APPS) if uses(app, builder, path)] != []


def regions():
    """Each list of events at which a part of a page is fetched again."""
    for path in templates():
        for names in re.findall(r'data-refresh-on="([^"]*)"', path.read_text()):
            yield pytest.param(names.split(), id=f"{named(path)}: {names}")


@pytest.mark.parametrize("names", [*regions()])
def test_region_is_refreshed_by_events_that_are_recorded(names):
    assert names != []
    assert set(names) - event_types() == set()
    assert len(names) == len(set(names))


def test_code_names_events_that_are_recorded():
    nouns = "|".join({type.partition(".")[0] for type in event_types()})
    known = event_types() | set(RULES)
    sources = [(path, strings(path)) for path in modules(*APPS)]
    sources += [(path, quoted(path)) for path in [*scripts(), *templates()]]
    strange = [(path, name) for path, names in sources for name in names - known]
    assert [f"{named(path)}: {name}" for path, name in strange if re.fullmatch(rf"({nouns})\.[a-z_]+", name)] == []


def test_scripts_wait_for_signals_that_are_sent():
    """By other pages, or by the site, whose code names them."""
    sent = set(RULES) | strings_of(*PACKAGES)
    awaited = [(path, name) for path in scripts() for name in re.findall(r'"signal:([\w.]+)"', path.read_text())]
    assert [f"{named(path)}: {name}" for path, name in awaited if name not in sent] == []
    assert awaited != []


def test_what_a_script_emits_is_heard():
    """By another script; the name of an event that is passed on is not seen here."""
    heard = set()
    for path in scripts():
        for names in re.findall(r'\.on(?:Any)?\(\s*(\[[^]]*\]|"[^"]*")', path.read_text()):
            heard |= set(re.findall(r'"([^"]+)"', names))
    emitted = [(path, name) for path in scripts() for name in re.findall(r'\.emit\("([\w-]+)"', path.read_text())]
    assert [f"{named(path)}: {name}" for path, name in emitted if name not in heard] == []
    assert emitted != []


def test_recorded_events_are_heard():
    """By a region, a script, another app, or a reader of the session's record."""
    in_regions = {name for region in regions() for name in region.values[0]}
    in_apps = set().union(*(strings(path) for path in modules(*APPS) if path not in event_catalogues()))
    in_pages = set().union(*map(quoted, [*(path for path in scripts() if path != TYPES_ALONE), *templates()]))
    assert event_types() - in_regions - in_apps - in_pages == HEARD_BY_NOBODY


# ---- Later work -------------------------------------------------------------------------------------------------


@cache
def constants():
    """The words that modules give a name at their top, also by `A, B = "…", "…"`."""
    found = {}
    for node in [node for path in modules(*PACKAGES) for node in tree(path).body]:
        if isinstance(node, ast.Assign):
            names, values = (getattr(side, "elts", [side]) for side in (node.targets[0], node.value))
            pairs = zip(names, values, strict=False)
            found |= {ast.unparse(name): value.value for name, value in pairs if isinstance(value, ast.Constant)}
    return found


def kind_of(call):
    kind = call.args[0]
    return kind.value if isinstance(kind, ast.Constant) else constants()[ast.unparse(kind)]


@cache
def asked_for():
    """The kinds of later work that product code asks for, each with the payloads that it is given."""
    found = {}
    for call in [call for path in modules(*PACKAGES) for call in calls_of("run_later", path)]:
        found.setdefault(kind_of(call), []).append({keyword.arg for keyword in call.keywords} - {"due"})
    return found


def registrations(path):
    """The calls of `handler` in a module, each with the function that it registers: decorated, or handed over."""
    functions = {node.name: node for node in tree(path).body if isinstance(node, ast.FunctionDef)}
    decorated = [(each, function) for function in functions.values() for each in function.decorator_list]
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Call)]
    handed_over = [(call.func, functions.get(ast.unparse(call.args[0]))) for call in calls if call.args]
    for call, function in decorated + handed_over:
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "handler":
            yield call, function


@cache
def handlers():
    """The kinds that have a handler, each with what it takes."""
    found = [each for path in modules(*PACKAGES) for each in registrations(path)]
    return {kind_of(call): {arg.arg for arg in function.args.args} for call, function in found}


def recurring():
    calls = [call for path in modules(*PACKAGES) for call, _function in registrations(path)]
    return {kind_of(call) for call in calls if any(keyword.arg == "every" for keyword in call.keywords)}


@pytest.mark.parametrize("kind", sorted(asked_for()))
def test_later_work_has_a_handler_that_takes_what_it_is_given(kind):
    assert kind in handlers()
    assert [payload for payload in asked_for()[kind] if payload != handlers()[kind]] == []


def test_handlers_are_asked_for():
    assert handlers().keys() - asked_for().keys() == recurring()


# ---- Templates --------------------------------------------------------------------------------------------------


@cache
def names_of_templates():
    return {str(path.relative_to(TEMPLATES)) for path in templates()}


def asked_by(path):
    """The templates that a module names; where a part is filled in, by any word that stands in the code of its app."""
    words = strings_of(path.relative_to(ROOT).parts[0])
    for asked in re.findall(r'"([\w/{}.-]+\.(?:html|txt|svg))"', path.read_text()):
        fixed = re.split(r"{\w+}", asked)
        found = [re.fullmatch("(.+)".join(map(re.escape, fixed)), name) for name in names_of_templates()]
        yield from (match.group() for match in found if match and words.issuperset(match.groups()))


def is_in_place_of_a_packages(name):
    """Django, allauth and others ask for it by this name."""
    return any((folder / name).exists() for folder in [*get_app_template_dirs("templates"), FORMS])


def named_in(name):
    return set(re.findall(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""", (TEMPLATES / name).read_text()))


def test_every_template_is_rendered():
    reached = ERRORS | {name for path in modules(*PACKAGES) for name in asked_by(path)}
    ahead = reached | set(filter(is_in_place_of_a_packages, names_of_templates()))
    while ahead:
        reached |= ahead
        ahead = set().union(*map(named_in, ahead)) - reached
    assert names_of_templates() ^ reached == set()


@pytest.mark.parametrize("pattern", account_urls, ids=lambda pattern: pattern.name)
def test_account_page_is_ours(pattern):
    """Without a template of ours, allauth would show a page in a frame of its own."""
    view = pattern.callback.view_class
    assert (TEMPLATES / getattr(view, "template_name_signup_closed", view.template_name)).exists()


def test_templates_use_what_they_load():
    assert [f"{named(path)}: {library}" for path in templates() for library in loaded_for_nothing(path)] == []


def loaded_for_nothing(path):
    text = path.read_text()
    for name in " ".join(re.findall(r"{% load ([\w ]+) %}", text)).split():
        library = import_library(engines["django"].engine.libraries[name])
        uses = [rf"{{%\s*{tag}\b" for tag in library.tags] + [rf"\|{each}\b" for each in library.filters]
        if not any(re.search(use, text) for use in uses):
            yield name


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
    """What was renamed or moved is named anew in the comments, too."""
    ours = [path for name in [*PACKAGES, "templates", "static", "docs", "tests"] for path in (ROOT / name).rglob("*.*")]
    known = {f"/{named(path)}" for path in [*ours, *ROOT.glob("*.*")]}
    readers = [*scripts(), *templates(), *STYLES.rglob("*.css"), *modules(*PACKAGES)]
    told = [(path, name) for path in readers if path.suffix in COMMENTS for name in files_named_in_comments(path)]
    strange = [(path, name) for path, name in told if not any(each.endswith(f"/{name}") for each in known)]
    assert [f"{named(path)}: {name}" for path, name in strange] == []
    assert told != []


# ---- Scripts and styles -----------------------------------------------------------------------------------------


def imports(path):
    names = re.findall(r"""\b(?:from|import)\s*\(?\s*["'](\.[\w./]+)["']""", without_comments(path))
    return {(path.parent / name).resolve() for name in names}


def without_comments(path):
    return re.sub(r"/\*.*?\*/|^\s*//.*?$", "", path.read_text(), flags=re.DOTALL | re.MULTILINE)


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
    composed = {each for each in unread if re.sub("^text-(other-|stopped-)?", "", each[1]) in words}
    assert [f"{named(path)}: data-{name}" for path, name in sorted(unread - composed)] == []


def test_scripts_and_styles_look_for_data_attributes_that_are_given():
    """By a template, Python that draws a field, or a script."""
    given = set().union(*(attributes(path.read_text()) for path in [*modules(*PACKAGES), *templates()]))
    in_scripts = "".join(path.read_text() for path in scripts())
    given |= set(re.findall(r'Attribute\("data-([\w-]+)"', in_scripts))
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
