"""What a customer said before the session, and how it came to who has it (E53, E63). Other apps register sources here.

For staff alone. Nothing is stored here: who keeps the words also erases them (`erasure_hooks`).
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sessions_app.models import SupportSession


@dataclass(frozen=True)
class Wait:
    """A wait for the CSR who then got the session, or came to help; `until` is None while it goes on.

    `why` is entered, transferred, returned (to a queue), taken_back or helped. `giver` is who waited, transferred, or
    asked a queue for help; `routing` says why it came to this CSR, in words to them.
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
_sources: list[tuple[Source, str]] = []


def register_source(source: Source, *, after: str = "") -> None:
    """Have `source(session)` asked for briefings; with `after`, only where an event of this type is on the log."""
    _sources.append((source, after))


def briefings_of(session: SupportSession, happened: Collection[str] = ()) -> list[Briefing]:
    """The briefings of all sources, the latest first; also those of waits in which nothing was said.

    `happened` are the types of events by which sources are left out that have nothing to tell.
    """
    asked = [source for source, after in _sources if not after or after in happened]
    known = [each for source in asked for each in source(session)]
    return sorted(known, key=lambda each: each.at, reverse=True)
