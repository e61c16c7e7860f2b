"""Which canned replies a representative has in a session beside the site's and their own (E60), by what it is about.

Other apps register their sources here. Nothing of it is for customers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from sessions_app.models import SupportSession


@dataclass(frozen=True)
class Replies:
    """Those of one source, rows of a `CannedText`. `label` says whose they are, in the language of the page.

    `values` is what further variables stand for in this session, by language.
    """

    label: str
    replies: QuerySet[Any]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


# None: it has none in this session.
Source = Callable[[SupportSession], Replies | None]
_sources: dict[str, Source] = {}


def register_source(name: str, source: Source) -> None:
    """Have `source(session)` asked for replies. `name`, a word, tells them from those of others."""
    _sources[name] = source


def source_names() -> list[str]:
    return [*_sources]


def replies_of(name: str, session: SupportSession) -> Replies | None:
    source = _sources.get(name)
    return source(session) if source else None
