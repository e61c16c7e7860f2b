"""What CSRs read when a session comes to them, so that the customer is not asked again; and in the record (E63)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sessions_app.models import Participant, StaffNote, SupportSession
from sessions_app.queries import passages, tried
from sessions_app.queries.case import Case, case_in_short
from sessions_app.queries.passages import RELEASED, Passage
from sessions_app.queries.receipt_lines import how_long
from sessions_app.queries.tried import Tried
from sessions_app.rules.briefing_hooks import Briefing, Wait, briefings_of
from supportcenter import clock
from supportcenter.live.log.eventlog import latest
from supportcenter.live.models import Event
from supportcenter.reporting.first_rows import FirstRows

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TOLD_BY = (*passages.TOLD_BY, *tried.TOLD_BY)
# Of a session that goes on; who came before that has been there long.
EVENTS_READ = 500
NOTES_SHOWN = 3
HANDOVERS_SHOWN = 20
# For so long the page says, besides, that the session is theirs now.
NEWS = timedelta(minutes=2)
ENTERED, LEFT_MESSAGE, HELPED = "entered", "left_message", "helped"
WORDS: dict[str, StrOrPromise] = {
    ENTERED: _("Accepted from the queue"),
    LEFT_MESSAGE: _("Reply to a left message"),
    "session_transferred": _("Session transferred"),
    "came_back": _("Back in the queue: connection lost"),
    "taken_back": _("Session taken back"),
    "transferred": _("Control transferred"),
    "returned": _("Control returned"),
    "taken_over": _("Taken over by a manager"),
    "vanished": _("Connection lost"),
    "asked": _("Asked to assist"),
    "helps": _("Asked to assist"),
    "assists": _("Joined to assist"),
}
# Of a wait in which a session without a primary was.
IN_TRANSFER = {"transferred": "session_transferred", "returned": "came_back", "taken_back": "taken_back"}


@dataclass(frozen=True)
class Handover:
    """The session came from `giver` to `taker`: why, with which message, and what had been done until then."""

    passage: Passage
    why: str
    giver: str
    wait: Wait | None
    tried: Sequence[Tried]
    notes: Sequence[StaffNote] = ()

    @property
    def at(self) -> datetime:
        return self.passage.at

    @property
    def key(self) -> int:
        return self.passage.seq

    @property
    def title(self) -> StrOrPromise:
        return WORDS[self.why]

    @property
    def is_first(self) -> bool:
        """No colleague had it before."""
        return self.why in {ENTERED, LEFT_MESSAGE}

    @property
    def told_as(self) -> str:
        """As `control.transferred` says why, so that a page that has missed the event tells the same."""
        return {"session_transferred": "transferred", "came_back": "vanished"}.get(self.why, self.why)

    @property
    def waited(self) -> str:
        return _waited(self.wait)


@dataclass(frozen=True)
class Desk:
    """What the console's block says. Without a `handover` there are briefings at most, and `notes` are the latest.

    It `is_mine` if the session came to the one who reads, not to a colleague.
    """

    handover: Handover | None
    is_mine: bool
    is_news: bool
    briefings: Sequence[Briefing]
    waited: Sequence[str]
    case: Case
    notes: FirstRows[StaffNote]
    # The latest note of a colleague, or 0.
    latest_note: int

    @property
    def is_empty(self) -> bool:
        return self.handover is None and not self.briefings


def desk_of(session: SupportSession, me: Participant) -> Desk:
    """The hand-over that `me` should know: how the session came to them, or later to someone else."""
    events = latest(session.stream, only=TOLD_BY, limit=EVENTS_READ)
    said = briefings_of(session, {event.type for event in events})
    shown = [each for each in _passages(events, said) if not each[0].is_to_assist or each[0].taker == me.pk]
    handover = _handover(events, *shown[-1]) if shown else None
    case = case_in_short(session, notes=NOTES_SHOWN + 1)
    return Desk(
        handover=handover,
        is_mine=handover is not None and handover.passage.taker == me.pk,
        is_news=_is_news(handover, me),
        briefings=of_the_customer(said),
        waited=_waits(said, handover),
        case=case,
        notes=_latest_first(case.notes),
        # By the account: who comes again has another seat.
        latest_note=max((note.pk for note in case.notes if note.participant.user_id != me.user_id), default=0),
    )


def handovers_of(events: Sequence[Event], said: Sequence[Briefing], notes: Sequence[StaffNote]) -> FirstRows[Handover]:
    """Those of the record, from what it has read; each with the notes that were there by then."""
    found = (
        _handover(events, passage, wait, [note for note in notes if note.at <= passage.at][-NOTES_SHOWN:])
        for passage, wait in _passages(events, said)
    )
    return FirstRows(found, HANDOVERS_SHOWN)


def _passages(events: Iterable[Event], said: Iterable[Briefing]) -> list[tuple[Passage, Wait | None]]:
    """Each passage with the wait by which it came. A start is one only if somebody was waiting."""
    found = passages.passages(events)
    waits = _waits_of(said)
    first = next((wait for wait in waits if wait.why in {ENTERED, LEFT_MESSAGE}), None)
    later = [wait for wait in waits if wait.why in IN_TRANSFER]
    helped = [wait for wait in waits if wait.why == HELPED]
    pairs: list[tuple[Passage, Wait | None]] = []
    # From the end, as the beginning may not have been read.
    for passage in reversed(found):
        if passage.why == "started":
            if first:
                pairs.append((passage, first))
        elif passage.why in {"accepted", RELEASED}:
            pairs.append((passage, later.pop() if later else None))
        elif passage.why == "helps":
            pairs.append((passage, helped.pop() if helped else None))
        else:
            pairs.append((passage, None))
    return pairs[::-1]


def _waits_of(said: Iterable[Briefing]) -> list[Wait]:
    """The waits, oldest first; who left a message has waited for the reply."""
    found: list[Wait] = []
    for each in sorted(said, key=lambda one: one.at):
        wait = each.wait or Wait(LEFT_MESSAGE, each.at, None, each.author, each.place)
        if wait not in found:
            found.append(wait)
    return found


def _handover(
    events: Iterable[Event], passage: Passage, wait: Wait | None, notes: Sequence[StaffNote] = ()
) -> Handover:
    why = passage.why
    if why == "started" and wait:
        why = wait.why
    elif why in {"accepted", RELEASED}:
        why = IN_TRANSFER[wait.why] if wait else "session_transferred"
    # Who takes a session back has it from no one else.
    giver = "" if why == "taken_back" else passage.giver or (wait.giver if wait else "")
    return Handover(passage, why, giver, wait, tried.tried(events, passage), notes)


def _is_news(handover: Handover | None, me: Participant) -> bool:
    """A colleague has handed control to the one who reads, a moment ago."""
    if handover is None or handover.is_first or handover.passage.is_to_assist or handover.passage.taker != me.pk:
        return False
    return clock.now() - handover.at < NEWS


def of_the_customer(said: Iterable[Briefing]) -> list[Briefing]:
    """What a customer said; a colleague's message stands with its hand-over."""
    return [each for each in said if each.answers or each.text and each.wait is None]


def _waits(said: Iterable[Briefing], handover: Handover | None) -> list[str]:
    """How long the customer waited at first, and how long just before this hand-over."""
    waits = _waits_of(said)
    first = [wait for wait in waits if wait.why == ENTERED][:1]
    last = [handover.wait] if handover and handover.wait and handover.wait not in first else []
    return [words for words in map(_waited, [*first, *last]) if words]


def _waited(wait: Wait | None) -> str:
    # The customer was not waiting while a queue was asked for help.
    if wait is None or wait.length is None or wait.why == HELPED:
        return ""
    said = gettext("%(length)s in the queue") if wait.why == ENTERED else gettext("%(length)s in transfer")
    return said % {"length": how_long(wait.length.total_seconds())}


def _latest_first(notes: Sequence[StaffNote]) -> FirstRows[StaffNote]:
    return FirstRows(notes[::-1], NOTES_SHOWN)
