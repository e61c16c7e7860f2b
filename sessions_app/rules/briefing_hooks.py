"""What a customer said before the session, for the CSR who has it now (E53). Other apps register their sources here.

For staff alone. Nothing is stored here: who keeps the words also erases them (`erasure_hooks`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sessions_app.models import SupportSession


@dataclass(frozen=True)
class Briefing:
    """`title` is what it is, `place` is where it was said. It has answers, as (question, answer), or a text."""

    at: datetime
    title: str
    author: str
    place: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    text: str = ""


# Returns briefings in the language of the page.
Source = Callable[[SupportSession], Iterable[Briefing]]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Have `source(session)` asked for briefings."""
    _sources.append(source)


def briefings_of(session: SupportSession) -> list[Briefing]:
    """The briefings of all sources, the latest first."""
    known = [each for source in _sources for each in source(session)]
    return sorted(known, key=lambda each: each.at, reverse=True)
