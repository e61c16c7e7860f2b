"""What holds for every template: it names only what its own app and apps below have; what is above comes by slots."""

import re
from functools import cache
from importlib import import_module

import pytest
from django.apps import apps
from django.template import engines
from django.template.base import Lexer, TokenType
from django.template.defaulttags import URLNode
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.static import StaticNode

from sessions_app.views.room import CSR_REGIONS
from supportcenter.slots import PARTS
from tests.source import APPS, ROOT

FOLDER = ROOT / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file())
# What stands in no app's folder is the site's own, which stands below all apps.
SITE = "supportcenter"
LONGEST_LINE = 160
ABOVE = {
    SITE: {"sessions_app", "invitations", "webacd"},
    "sessions_app": {"invitations", "webacd"},
    "invitations": {"webacd"},
    "webacd": {"invitations"},
}
# A page's entry script is its app's; all others lie in the folder of what they are about.
ENTRY_SCRIPTS = {
    "invitation.js": "invitations",
    "inbox.js": "webacd",
    "live.js": "webacd",
    "monitor.js": "webacd",
    "waiting.js": "webacd",
}


def app_of_template(name):
    return app_in(name.split("/")[:1])


def app_of_static_file(name):
    kind, *folders, file = name.split("/")
    return ENTRY_SCRIPTS.get(file, SITE) if (kind, folders) == ("js", ["pages"]) else app_in(folders)


def app_in(names):
    return next((app for app in APPS if app in names), SITE)


@cache
def app_of_url():
    return {pattern.name: app for app in APPS for pattern in import_module(f"{app}.urls").urlpatterns}


@cache
def source(name):
    return (FOLDER / name).read_text()


@cache
def nodes(name):
    return engines["django"].engine.get_template(name).nodelist


def constants(name, kind, attribute):
    """What stands in quotes in the tags of a kind; what is computed there, nobody knows."""
    found = (getattr(node, attribute) for node in nodes(name).get_nodes_by_type(kind))
    return [expression.var for expression in found if isinstance(expression.var, str)]


def tags(name):
    """Each tag's first word and the rest of it."""
    blocks = [token for token in Lexer(source(name)).tokenize() if token.token_type == TokenType.BLOCK]
    return [(word, rest) for word, _space, rest in (token.contents.partition(" ") for token in blocks)]


def included(name):
    return constants(name, IncludeNode, "template") + constants(name, ExtendsNode, "parent_name")


def libraries(name):
    loaded = " ".join(rest.rpartition(" from ")[2] for word, rest in tags(name) if word == "load").split()
    return {library: engines["django"].engine.libraries[library] for library in loaded}


def names_of(name):
    """Everything a template names, each with the app that has it."""
    yield from ((f"include {each}", app_of_template(each)) for each in included(name))
    yield from ((f"load {each}", app_in(module.split("."))) for each, module in libraries(name).items())
    yield from ((f"url {each}", app_of_url().get(each, SITE)) for each in constants(name, URLNode, "view_name"))
    yield from ((f"static {each}", app_of_static_file(each)) for each in constants(name, StaticNode, "path"))


def relations_from_above(app):
    """The names under which apps above have put their rows on models of this app and below."""
    below = [*apps.get_app_config("accounts").get_models()]
    below += [*apps.get_app_config(app).get_models()] if app != SITE else []
    relations = [relation for model in below for relation in model._meta.related_objects]
    return {one.get_accessor_name() for one in relations if one.related_model._meta.app_label in ABOVE[app]} - {None}


def test_template_names_no_app_above_it():
    every = [(name, *named) for name in TEMPLATES for named in names_of(name)]
    assert [f"{name}: {what}" for name, what, app in every if app in ABOVE[app_of_template(name)]] == []
    # Each way of naming is seen.
    assert {what.split()[0] for _name, what, app in every if app == "webacd"} == {"include", "load", "static", "url"}


@pytest.mark.parametrize("app", [SITE, "sessions_app"])
def test_template_reads_no_relation_of_an_app_above_it(app):
    relation = re.compile(rf"\.({'|'.join(relations_from_above(app))})\b")
    of_this_app = [name for name in TEMPLATES if app_of_template(name) == app]
    found = [(name, text) for name in of_this_app for text in re.findall(r"{[{%].*?[%}]}", source(name))]
    assert [f"{name}: {text}" for name, text in found if relation.search(text)] == []
    assert "agent" in relations_from_above(app)


def test_dates_and_times_have_one_style():
    """A named format, which is the language's (`supportcenter/formats`); "c" is for scripts; others are rare."""
    unnamed = {"c", "H:i:s", "l", "l j F"}
    odd = {
        f"{name}: {kind}"
        for name in TEMPLATES
        for kind in re.findall(r"\|(?:date|time):['\"]([^'\"]+)", source(name))
        if kind not in unnamed and not re.fullmatch(r"(SHORT_)?(DATE|TIME|DATETIME)_FORMAT", kind)
    }
    assert odd == set()


def test_lines_stay_short():
    """But in a text, where each line is one of what is sent."""
    pages = [name for name in TEMPLATES if not name.endswith(".txt")]
    lines = [(name, number, line) for name in pages for number, line in enumerate(source(name).splitlines(), start=1)]
    assert [f"{name}:{number}" for name, number, line in lines if len(line) > LONGEST_LINE] == []


# ---- Slots ------------------------------------------------------------------------------------------------------


def slots():
    """Each slot of each template."""
    found = [(name, rest) for name in TEMPLATES for word, rest in tags(name) if word == "slot"]
    return {(name, re.match(r'"(\w+)"', rest).group(1)) for name, rest in found}


def test_every_slot_is_filled_and_stands_on_a_page():
    # A region of a room that an app above draws: asked for by its name in the address, not by a tag.
    asked = set(
        re.findall(
            r"{% url 'dashboard_region' \S+ '(\w+)' %}", "".join((FOLDER / name).read_text() for name in TEMPLATES)
        )
    )
    of_regions = {f"region_{name}" for name in asked - CSR_REGIONS.keys()}
    assert ({slot for _name, slot in slots()} | of_regions) ^ PARTS.keys() == set()


def test_slot_is_filled_by_apps_above_with_templates_of_theirs():
    for name, slot in slots():
        for part in PARTS[slot]:
            app = part.names.__module__.split(".")[0]
            assert (app_of_template(part.template), part.template in TEMPLATES) == (app, True)
            assert app in ABOVE[app_of_template(name)], f"{slot} in {name} is the app's own"
