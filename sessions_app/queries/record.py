"""What the page of a session's record reads (E42): one query for each kind of thing, however much of it there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, TypedDict, TypeVar, cast

from django.db.models import Model, QuerySet

from sessions_app.models import ChatMessage, Consent, FileTransfer, Participant, SupportSession
from sessions_app.queries.recordings import Recorded, recordings
from sessions_app.queries.roles_held import TOLD_BY, Held, roles_held
from sessions_app.queries.sentences import SMALL
from sessions_app.queries.timeline import Line, TimelineRenderer
from sessions_app.rules.briefing_hooks import Briefing, briefings_of
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import history

EVENTS_SHOWN, LINES_SHOWN = 100, 200
# With "Show everything"; a longer session has to be read with the database's own tools.
MOST = 10_000


class Roles(TypedDict):
    roles: list[Held]


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Person = WithAnnotations[Participant, Roles]

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Record:
    """A session as it was. `cut` says that there is more than is shown."""

    session: SupportSession
    people: list[Person]
    timeline: list[Line]
    conversations: list[list[ChatMessage]]
    files: list[FileTransfer]
    recordings: list[Recorded]
    consents: list[Consent]
    briefings: list[Briefing]
    cut: bool
    everything: bool
    chat_is_over: bool

    @property
    def customers(self) -> list[Person]:
        return [one for one in self.people if one.is_customer]

    @property
    def answered(self) -> list[Person]:
        """The customers who answered the survey (E41)."""
        return [one for one in self.customers if hasattr(one, "survey_answer")]


def record_of(session: SupportSession, *, everything: bool = False) -> Record:
    """The record of `session`, whose participants are prefetched with their survey answers (`views.record`)."""
    people = cast("list[Person]", sorted(session.participants.all(), key=lambda one: (one.joined_at, one.pk)))
    known = {one.pk: one for one in people}
    for one in people:
        one.session = session
    _give_roles(people, session)
    most_events, most_lines = (MOST, MOST) if everything else (EVENTS_SHOWN, LINES_SHOWN)
    events = history(session.stream, without=() if everything else SMALL, limit=most_events + 1)
    messages = list(session.chat_messages.order_by("pk")[: most_lines + 1])
    renderer = TimelineRenderer(people)
    return Record(
        session=session,
        people=people,
        timeline=[renderer.line(event) for event in events[:most_events]],
        conversations=_conversations(messages[:most_lines], known),
        files=_with_people(session.file_transfers.order_by("pk"), known, "sender", "receiver"),
        recordings=recordings(session),
        consents=_with_people(_consents(session), known, "customer", "csr"),
        briefings=briefings_of(session),
        cut=len(events) > most_events or len(messages) > most_lines,
        everything=everything,
        chat_is_over=_is_past(session, SitePolicy.current().chat_days),
    )


def _give_roles(people: list[Person], session: SupportSession) -> None:
    """Set the `roles` of each, the last until they left. Without any in the log: the present one, since they joined."""
    held = roles_held(history(session.stream, only=TOLD_BY, limit=MOST))
    for one in people:
        one.roles = held.get(one.pk) or [Held(one.role, one.joined_at)]
        one.roles[-1].until = one.left_at


def _conversations(messages: list[ChatMessage], known: Mapping[int, Participant]) -> list[list[ChatMessage]]:
    _with_people(messages, known, "participant")
    return [list(lines) for _number, lines in groupby(messages, key=lambda line: line.conversation)]


def _consents(session: SupportSession) -> QuerySet[Consent]:
    return Consent.objects.filter(session=session).select_related("activity")


def _with_people(rows: Iterable[Row], known: Mapping[int, Participant], *roles: str) -> list[Row]:
    """The rows, with the participants they refer to taken from `known` instead of queried."""
    found = list(rows)
    for row in found:
        for role in roles:
            setattr(row, role, known[getattr(row, f"{role}_id")])
    return found


def _is_past(session: SupportSession, days: int) -> bool:
    return bool(days and session.ended_at and session.ended_at < clock.now() - timedelta(days=days))
