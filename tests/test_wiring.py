"""What meets by its name alone: events and who hears them, later work and its handlers.

No run of the site shows that a name leads nowhere: nothing happens, or nothing is asked for.
"""

import ast
import re
from functools import cache

import pytest
from django.urls import URLResolver, get_resolver

from sessions_app.rules.signals import RULES
from tests.source import (
    APPS,
    PACKAGES,
    ROOT,
    TYPES_ALONE,
    calls_of,
    event_catalogues,
    event_types,
    modules,
    named,
    quoted,
    scripts,
    strings,
    strings_of,
    templates,
    tree,
)

# The beginning of a waiting customer's own history: a page that is opened later starts after it.
HEARD_BY_NOBODY = {"request.entered"}


# ---- Events -----------------------------------------------------------------------------------------------------


def builders():
    for path in event_catalogues():
        functions = [node.name for node in tree(path).body if isinstance(node, ast.FunctionDef)]
        yield from ((path.relative_to(ROOT).parts[0], name) for name in functions if not name.startswith("_"))


def uses(app, builder, path):
    text = path.read_text()
    imported = re.search(rf"^from {app} import (?:.*\W)?events\b(?: as (\w+))?", text, re.MULTILINE)
    return imported and re.search(rf"\b{imported[1] or 'events'}\.{builder}\b", text)


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


# Of jobs that an earlier release may have left behind.
EARLIER = {"accounts.mail_reset_link", "invitations.deliver", "report_mail.send"}


def test_handlers_are_asked_for():
    of_many = {kind_of(call) for path in modules(*PACKAGES) for call in calls_of("run_all_later", path)}
    assert handlers().keys() - asked_for().keys() - of_many == recurring() | EARLIER


def test_every_table_that_is_saved_as_a_file_waits_in_the_line_for_heavy_reading():
    patterns = [each for each in leaves(get_resolver()) if (each.name or "").endswith("csv")]

    assert patterns
    assert [each.name for each in patterns if not getattr(each.callback, "reads_much", False)] == []


def leaves(resolver):
    for each in resolver.url_patterns:
        yield from leaves(each) if isinstance(each, URLResolver) else [each]
