"""Templates and what they load, and who renders them."""

import re
from functools import cache
from pathlib import Path

import django.forms
import pytest
from django.template import engines
from django.template.library import import_library
from django.template.utils import get_app_template_dirs

from supportcenter.accounts.factor_urls import urlpatterns as factor_urls
from supportcenter.accounts.urls import urlpatterns as account_urls
from tests.source import PACKAGES, ROOT, TEMPLATES, modules, named, strings_of, templates

FORMS = Path(django.forms.__file__).parent / "templates"
# By these names Django and allauth look for pages of their refusals.
ERRORS = {"403.html", "404.html", "429.html", "500.html"}


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


def is_only_a_packages(name):
    return name not in names_of_templates() and is_in_place_of_a_packages(name)


def named_in(name):
    return set(re.findall(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""", (TEMPLATES / name).read_text()))


def test_every_template_is_rendered():
    reached = ERRORS | {name for path in modules(*PACKAGES) for name in asked_by(path)}
    ahead = reached | set(filter(is_in_place_of_a_packages, names_of_templates()))
    while ahead:
        reached |= ahead
        ahead = {name for name in set().union(*map(named_in, ahead)) - reached if not is_only_a_packages(name)}
    assert names_of_templates() ^ reached == set()


OF_ALLAUTH = [pattern for pattern in account_urls if hasattr(pattern.callback, "view_class")]
FACTOR_PAGES = [one for one in factor_urls if getattr(getattr(one.callback, "view_class", None), "template_name", None)]


@pytest.mark.parametrize("pattern", [*OF_ALLAUTH, *FACTOR_PAGES], ids=lambda pattern: pattern.name)
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
