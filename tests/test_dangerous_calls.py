"""What no code of ours does: run a text as code, unpack what strangers packed, draw secrets with dice, hash weakly."""

import ast

import pytest

from tests.source import PACKAGES, ROOT, calls_of, modules, places, scripts

# Made-up pasts for demonstrations.
DICE = {"webacd/management/sample_past.py", "webacd/management/sample_case.py"}
# STUN and TURN say which: the key of a credential, its name's seal, and the seal of each message (RFC 8489).
OF_THE_RELAY = {"supportcenter/relay_client.py", "sessions_app/rules/ice.py"}


def named(path):
    return str(path.relative_to(ROOT))


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def who_imports(*names):
    return {named(path) for path in modules(*PACKAGES) if set(names) & set(imported(path))}


@pytest.mark.parametrize("name", ["eval", "exec", "__import__"])
def test_no_text_is_run_as_code(name):
    called = {named(path) for path in modules(*PACKAGES) for call in calls_of(name, path) if hasattr(call.func, "id")}
    assert called == set()


def test_no_script_runs_a_text_as_code():
    assert places(r"\beval\(|new Function\(|document\.write|set(?:Timeout|Interval)\(\s*[\"'`]", scripts()) == []


def test_only_the_sites_own_answers_become_nodes():
    """What people have written comes to scripts as data, and is put into the page as text."""
    found = places(r"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|parseFromString", scripts())
    assert [place.partition(":")[0] for place in found] == ["static/js/core/dom.js"]


def test_no_page_listens_to_other_windows():
    """Messages come from workers of ours, from data channels and from sockets."""
    assert places(r"(?:window|globalThis|self)\.(?:addEventListener\(\"message|onmessage)", scripts()) == []
    assert [named(path) for path in scripts() if path.read_text().startswith(("onmessage", "addEventListener"))] == []


def test_objects_of_strangers_are_not_unpacked():
    assert who_imports("pickle", "marshal", "shelve", "dill", "jsonpickle", "yaml") == set()


def test_no_command_goes_through_a_shell():
    assert [place for path in modules(*PACKAGES) for place in places(r"shell=True|os\.system|os\.popen", [path])] == []


def test_what_cannot_be_guessed_is_drawn_by_the_system():
    assert who_imports("random") == DICE
    # Pauses, so that not all pages come back at once.
    found = {place.partition(":")[0] for place in places(r"Math\.random", scripts())}
    assert found == {"static/js/core/backoff.js", "static/js/pages/no_room.js"}


def test_weak_hashes_are_used_only_where_the_relay_wants_them():
    assert {place.partition(":")[0] for place in places(r"(?i)\bmd5\b|\bsha1\b", modules(*PACKAGES))} == OF_THE_RELAY
    # Django's own default is SHA-1.
    sealed = [call for path in modules(*PACKAGES) for call in calls_of("salted_hmac", path)]
    assert {each.value.value for call in sealed for each in call.keywords if each.arg == "algorithm"} == {"sha256"}
    assert all(any(each.arg == "algorithm" for each in call.keywords) for call in sealed)


def test_scripts_key_no_object_by_what_comes_from_elsewhere():
    """A key such as __proto__ would change all objects: what comes by its id is in a Map."""
    written = places(r"(?<!const )(?<!let )\[[A-Za-z_$][\w.$]*\] ?(?:\?\?|\|\||&&)?= ?[^=]", scripts())
    assert {place.partition(":")[0] for place in written} == {
        # Names of our own: ways of the relay, what a page waits for, a place in a list.
        "static/js/check/relay.js",
        "static/js/core/connection.js",
        "static/js/chat/reply_list.js",
    }
    assert places(r"__proto__|\.prototype\.\w+ =|\.prototype\[|setPrototypeOf", scripts()) == []
