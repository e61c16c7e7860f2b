"""What events carry: as their builders record it, as the scripts read it, and as the protocol describes it.

The scripts are checked against `event_data.js` by its types alone, so a key that is not recorded would go unseen.
"""

import inspect
import re
from importlib import import_module

import pytest

from sessions_app.actions.seen import MARKS
from sessions_app.rules.signals import RULES
from supportcenter.live.log.eventlog import Draft
from tests.source import APPS, ROOT
from webacd.events import BOARD_CHANGED, POSITION_TOLD

TYPES = (ROOT / "static/js/core/event_data.js").read_text()
PROTOCOL = (ROOT / "docs/protocol.md").read_text()
# Sent by the site, to pages that show what many watch.
SIGNALS_OF_THE_SITE = {BOARD_CHANGED, MARKS, POSITION_TOLD, "sessions.changed"}


class Row:
    """A row of which everything is known, or nothing that may be missing."""

    def __init__(self, *, complete):
        self.complete = complete

    def __getattr__(self, name):
        return self

    def __call__(self):
        return self

    def __getitem__(self, key):
        return self

    def __contains__(self, key):
        return self.complete

    def __bool__(self):
        return self.complete

    def __iter__(self):
        return iter([self])


def built_from(row):
    """The data of every event that the apps can record, by its type."""
    drafts = {}
    for module in [import_module(f"{app}.events") for app in APPS]:
        for name, builder in inspect.getmembers(module, inspect.isfunction):
            if builder.__module__.startswith(module.__name__) and not name.startswith("_"):
                draft = builder(**dict.fromkeys(inspect.signature(builder).parameters, row))
                assert isinstance(draft, Draft)
                drafts[draft.type] = draft.data
    return drafts


BUILT = built_from(Row(complete=True))
ALWAYS = built_from(Row(complete=False))


def keys_of(data, always):
    """The keys of an event, marked where some lack them, and the keys of what lies in it."""
    found = {}
    for key, value in data.items():
        inner = value[0] if isinstance(value, list) else value
        found[key if key in always else f"{key}?"] = keys_of(inner, inner) if isinstance(inner, dict) else {}
    return found


# ---- The scripts' types ----------------------------------------------------------------------------------------------


class Types:
    """Reads as much of TypeScript's object types as `event_data.js` is written in."""

    def __init__(self, text):
        plain = re.sub(r"^ \* ?|/\*\*|\*/", "", text, flags=re.MULTILINE)
        self.named = {}
        for begin in re.finditer(r"@typedef \{", plain):
            self.tokens = re.findall(r'"[^"]+"|\w+|\S', plain[begin.end() :])
            value = self.choice()
            self.take("}")
            self.named[self.tokens.pop(0)] = value

    def take(self, *expected):
        token = self.tokens.pop(0)
        assert token in expected, f"{token} where one of {expected} belongs"
        return token

    def choice(self):
        """Of several types with `|` the first says what is in it; the others are null or words."""
        found = self.whole()
        while self.tokens[0] == "|":
            self.take("|")
            self.whole()
        return found

    def whole(self):
        found = self.part()
        while self.tokens[0] == "&":
            self.take("&")
            found = {**found, **self.part()}
        return found

    def part(self):
        found = self.fields() if self.tokens[0] == "{" else self.word()
        depth = 0
        while depth or self.tokens[0] in "<[":
            depth += {"<": 1, "[": 1, ">": -1, "]": -1}.get(self.tokens.pop(0), 0)
        return found

    def word(self):
        return {} if self.tokens[0] == "[" else self.named.get(self.tokens.pop(0), {})

    def fields(self):
        found = {}
        self.take("{")
        while self.tokens[0] != "}":
            key = self.tokens.pop(0).strip('"')
            is_missing_at_times = self.take("?", ":") == "?" and self.take(":")
            found[f"{key}?" if is_missing_at_times else key] = self.choice()
            if self.tokens[0] == ",":
                self.take(",")
        self.take("}")
        return found


TYPED = Types(TYPES).named


# Made of whatever capabilities and kinds put into them: the builders do not know their keys.
OPEN = {"details", "can", "device"}


def as_far_as_built(keys):
    return {key: {} if key in OPEN else as_far_as_built(inner) for key, inner in keys.items()}


def test_the_scripts_know_every_event_and_no_other():
    assert TYPED["EventData"].keys() == BUILT.keys()


@pytest.mark.parametrize("type", sorted(BUILT))
def test_the_scripts_know_what_an_event_carries(type):
    assert as_far_as_built(TYPED["EventData"][type]) == keys_of(BUILT[type], ALWAYS[type])


def test_the_scripts_know_every_signal_and_no_other():
    assert TYPED["SignalData"].keys() == RULES.keys() | SIGNALS_OF_THE_SITE


# ---- The protocol ----------------------------------------------------------------------------------------------------


def described(heading):
    """The rows of a chapter's tables: what stands in each cell by its first word."""
    chapter = PROTOCOL.split(f"## {heading}\n")[1].split("\n## ")[0]
    return {cells[0]: cells[1:] for row in re.findall(r"^\| `(.*) \|$", chapter, re.MULTILINE) if (cells := split(row))}


def split(row):
    name, *cells = re.split(r" \| ", row)
    return [name.strip("`"), *cells]


def test_the_protocol_describes_every_event_and_no_other():
    assert described("Events").keys() == BUILT.keys()


@pytest.mark.parametrize("type", sorted(BUILT))
def test_the_protocol_describes_what_an_event_carries(type):
    data = described("Events")[type][0]
    assert re.findall(r"`(\w+)`", data) == list(BUILT[type])


def test_the_protocol_describes_every_signal_of_a_session_and_no_other():
    assert described("Signals of a session").keys() == RULES.keys()
