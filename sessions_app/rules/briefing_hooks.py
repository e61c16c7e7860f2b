"""What a customer said before the session, and how it came to who has it (E53, E63). Other apps register sources here.

For staff alone. Nothing is stored here: who keeps the words also erases them (`erasure_hooks`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sessions_app.models import SupportSession


@dataclass(frozen=True)
class Wait:
    """A wait for the CSR who then got the session; `until` is None while it goes on.

    `why` is entered, transferred, returned (to a queue) or taken_back. `giver` is who waited, or who transferred;
    `routing` says why it came to this CSR, in words to them.
    """

    why: str
    since: datetime
    until: datetime | None
    giver: str = ""
    place: str = ""
    message: str = ""
    routing: str = ""

    @property
    def length(self) -> timedelta | None:
        return self.until - self.since if self.until else None


@dataclass(frozen=True)
class Briefing:
    """`title` is what it is, `place` is where it was said. It has answers, as (question, answer), or a text.

    One that comes of a wait has that; with a wait alone, nothing was said.
    """

    at: datetime
    title: str
    author: str
    place: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    text: str = ""
    wait: Wait | None = None


# Returns briefings in the language of the page.
Source = Callable[[SupportSession], Iterable[Briefing]]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Have `source(session)` asked for briefings."""
    _sources.append(source)


def briefings_of(session: SupportSession) -> list[Briefing]:
    """The briefings of all sources, the latest first; also those of waits in which nothing was said."""
    known = [each for source in _sources for each in source(session)]
    return sorted(known, key=lambda each: each.at, reverse=True)
