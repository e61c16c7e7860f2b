"""How a setting is described."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Entry(NamedTuple):
    """Texts are translated when they are read; what stands in them between backticks is written as it is."""

    name: str
    meaning: StrOrPromise
    # Told in words, where it depends on other settings or where none at all means something.
    default: StrOrPromise = ""
    # As one would write it. `.env.example` shows the first, where no default is there to be shown.
    examples: tuple[str, ...] = ()
    # A document of the repository, which people who read `.env.example` have.
    see: str = ""


class Group(NamedTuple):
    # The anchor on the page, the same in all languages.
    slug: str
    title: StrOrPromise
    entries: tuple[Entry, ...]
    # Topics of the help that say more, by their slugs.
    topics: tuple[str, ...] = ()
    see: str = ""
