"""What was said before somebody had the session, to whoever has it now (E53). Others register; sessions know none.

For staff alone. Nothing is stored here: who keeps the words also forgets them (`traces`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sessions_app.models import SupportSession


@dataclass(frozen=True)
class Briefing:
    """`title` says what it is, `place` where it was said; either answers to questions, or a text."""

    at: datetime
    title: str
    author: str
    place: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    text: str = ""


_sources: list[Callable[[SupportSession], Iterable[Briefing]]] = []


def gives_briefings(function):
    """Register `function(session)`, which returns briefings in the language of the page."""
    _sources.append(function)
    return function


def briefings_of(session):
    """Everything that is known, the latest first: it concerns whoever has the session now."""
    known = [each for source in _sources for each in source(session)]
    return sorted(known, key=lambda each: each.at, reverse=True)
