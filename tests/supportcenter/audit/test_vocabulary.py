"""Every name that is noted has a sentence, in each language, and each topic its sign."""

import ast
from string import Formatter

import pytest
from django.utils.translation import override

from supportcenter.audit.keeping import COLUMNS
from supportcenter.audit.kinds import KINDS, Topic
from supportcenter.audit.lines import FACTS, IN_SENTENCES, SIGNS, lines_of, plain_lines_of
from supportcenter.audit.models import Entry
from supportcenter.serving import http
from tests.source import PACKAGES, calls_of, modules, strings

# What is handed on under a name of its own: `supportcenter/serving/http.py`, and where one of two things is noted.
HANDED_ON = {"body_too_large", "too_busy"}


def noted():
    """The names in all calls of `security_log.note`, `security_log.warn` and `note_opened`."""
    for path in modules(*PACKAGES):
        if path.name in ("security_log.py", "opened.py"):
            continue
        for name in ("note", "warn", "note_opened"):
            for call in calls_of(name, path):
                of = getattr(getattr(call.func, "value", None), "id", "")
                if of == "security_log" or name == "note_opened":
                    yield from names_in(call.args[0], path)


def names_in(node, path):
    """A constant, one of two, or a variable of the module that is set to one of its strings."""
    if isinstance(node, ast.Constant):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*names_in(node.body, path), *names_in(node.orelse, path))
    else:
        yield from strings(path) & KINDS.keys()


def test_every_name_that_is_noted_has_a_sentence():
    names = {*noted(), *HANDED_ON}
    assert len(names) > 30
    assert names - KINDS.keys() == set()
    assert {name for name in HANDED_ON if name not in strings(modules_file(http))} == set()


def facts():
    """The names of what is noted with them, as the calls name it."""
    for path in modules(*PACKAGES):
        for name in ("note", "warn", "note_opened"):
            for call in calls_of(name, path):
                if getattr(getattr(call.func, "value", None), "id", "") == "security_log" or name == "note_opened":
                    yield from (keyword.arg for keyword in call.keywords if keyword.arg)


def test_every_fact_has_words():
    names = {*facts(), "added", "rows_left_out", "left_out", "request_id"}
    assert len(names) > 20
    assert names - COLUMNS - IN_SENTENCES - FACTS.keys() == set()


def modules_file(module):
    from pathlib import Path

    return Path(module.__file__)


def test_no_sentence_is_left_over():
    assert KINDS.keys() - {*noted(), *HANDED_ON} == set()


def test_each_topic_has_a_sign():
    assert {*Topic} - SIGNS.keys() == {Topic.OTHER}


@pytest.mark.parametrize("name", KINDS)
def test_sentence_says_the_same_in_arabic(name):
    for sentence in (KINDS[name].sentence, KINDS[name].by_other):
        english = str(sentence)
        with override("ar"):
            arabic = str(sentence)
        assert (arabic != english) == bool(english)
        assert placeholders(arabic) == placeholders(english)


def placeholders(text):
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", [*KINDS, "of_a_later_release"])
def test_entry_of_any_name_has_a_line_whatever_it_lacks(name):
    entry = Entry(what=name, topic="other", account="<b>amal</b>", facts={"page": "<i>"})
    assert "<b>" not in lines_of([entry])[0].sentence
    assert plain_lines_of([entry])[0].sentence
