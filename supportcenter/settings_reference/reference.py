"""The settings as people read them: in groups, each with its meaning, its bounds and its default."""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from supportcenter.environment import Asked
from supportcenter.settings_reference.entry import Entry
from supportcenter.settings_reference.table import GROUPS
from supportcenter.settings_reference.words import KINDS, bounds_in_words, default_in_words


class Link(NamedTuple):
    title: str
    url: str


class Row(NamedTuple):
    """All but the name are texts for people, in which backticks are around what is written as it is."""

    name: str
    kind: str
    bounds: str
    default: str
    meaning: str
    examples: list[str]


class Described(NamedTuple):
    slug: str
    title: str
    rows: list[Row]
    # Slugs of topics of the help.
    topics: tuple[str, ...]


def described() -> list[Described]:
    """Every group, in the language of the moment. Nothing of this machine: no path, and no value that is set."""
    asked = settings.SETTINGS_ASKED
    return [
        Described(
            group.slug,
            str(group.title),
            [_row(entry, asked[entry.name]) for entry in group.entries],
            group.topics,
        )
        for group in GROUPS
    ]


def drawn(link_of: Callable[[str], Link]) -> SafeString:
    """The tables, to stand in a page; `link_of` gives title and address of a topic of the help by its slug."""
    groups = [{"group": group, "links": [link_of(slug) for slug in group.topics]} for group in described()]
    return render_to_string("help/_settings.html", {"groups": groups})


def _row(entry: Entry, asked: Asked) -> Row:
    return Row(
        entry.name,
        str(KINDS[asked.kind]),
        bounds_in_words(asked),
        capfirst(str(entry.default)) if entry.default else default_in_words(asked),
        str(entry.meaning),
        # Where one chooses, the choice is told already.
        [] if asked.kind == "flag" or asked.one_of else list(entry.examples),
    )
