"""What the page of a session's record reads (E42): a page of each list, in as many queries however long they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, cast

from django.db.models import Model, QuerySet, prefetch_related_objects
from django.utils import timezone

from sessions_app.models import ChatMessage, Consent, FileTransfer, Participant, SupportSession, SurveyAnswer
from sessions_app.models.participant_queryset import ParticipantQuerySet
from sessions_app.queries import handovers
from sessions_app.queries.case import Case, case_of
from sessions_app.queries.handovers import Handover
from sessions_app.queries.reactions import give_reactions, knowing_reactions
from sessions_app.queries.receipt_lines import ReceiptLine, line_of_consent
from sessions_app.queries.receipt_words import ABOUT_THE_CUSTOMER
from sessions_app.queries.recordings import RECORDINGS_SHOWN, Recorded, recordings_of, with_chapters
from sessions_app.queries.roles_held import TOLD_BY, Held, roles_held
from sessions_app.queries.sentences import SMALL
from sessions_app.queries.timeline import Line, TimelineRenderer, people_in
from sessions_app.rules.briefing_hooks import Briefing, briefings_of
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import events_of, history
from supportcenter.live.models import Event
from supportcenter.reporting.first_rows import FirstRows
from supportcenter.reporting.keyset_pages import PAGE, Page, page_of

# Events read to find out who had which role, and what went on at each hand-over; after that many, a role is the
# present one.
ROLES_READ = 2_000
HISTORY_READ = 5_000
BRIEFINGS_SHOWN = 50


class Roles(TypedDict):
    roles: list[Held]


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from sessions_app.queries.reactions import Line as ChatLine

    Person = WithAnnotations[Participant, Roles]

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Record:
    """A session as it was: of each list one page, with the links to the others in `pages`, by the list's name."""

    session: SupportSession
    people: list[Person]
    timeline: list[Line]
    conversations: list[list[ChatLine]]
    # The first line shown opens a conversation that is not the session's first.
    opens_conversation: bool
    files: list[FileTransfer]
    recordings: list[Recorded]
    consents: list[ReceiptLine]
    # The customers' answers to the survey (E41).
    answers: list[SurveyAnswer]
    # What a customer said before a CSR had the session, and each hand-over from then on (E53, E63).
    briefings: FirstRows[Briefing]
    handovers: FirstRows[Handover]
    # What staff kept about it; None on another page of a list.
    case: Case | None
    pages: Mapping[str, Page[Any]]
    chat_is_over: bool

    @property
    def has_changed_hands(self) -> bool:
        return any(not one.is_first for one in self.handovers)


def record_of(session: SupportSession, at: Mapping[str, str] | None = None, *, only: str = "") -> Record:
    """The record of `session`; `at` names the page of each list, by the list's name (`keyset_pages`).

    With the name of a list as `only`, all else is left out.
    """
    at = at or {}
    lists: dict[str, QuerySet[Any]] = {
        # Not `session.participants`, of which the page has prefetched those present.
        "people": everyone_in(session),
        "events": events_of(session.stream, without=SMALL),
        "lines": knowing_reactions(session.chat_messages.all()),
        "files": session.file_transfers.all(),
        "consents": session.consents.select_related("activity__requested_by"),
        "answers": SurveyAnswer.objects.filter(participant__session=session)
        .select_related("participant")
        .prefetch_related("replies__question"),
        "films": recordings_of(session),
    }
    pages: dict[str, Page[Any]] = {
        name: page_of(
            name,
            rows,
            at.get(name, ""),
            key="seq" if name == "events" else "pk",
            most=RECORDINGS_SHOWN if name == "films" else PAGE,
        )
        if only in ("", name)
        else Page(name, [])
        for name, rows in lists.items()
    }
    people = cast("list[Person]", pages["people"].rows)
    known = _known(session, pages)
    told = history(session.stream, only=handovers.TOLD_BY, limit=HISTORY_READ) if not only else []
    said = briefings_of(session, {event.type for event in told}) if not only else []
    case = case_of(session) if not only else None
    _give_roles(people, session, told)
    lines = pages["lines"]
    return Record(
        session=session,
        people=people,
        timeline=[TimelineRenderer(known.values()).line(event) for event in pages["events"].rows],
        conversations=_conversations(lines.rows, known),
        opens_conversation=_opens_conversation(lines),
        files=_with_people(pages["files"].rows, known, "sender", "receiver"),
        recordings=with_chapters(session, pages["films"].rows),
        consents=_consents(session, pages["consents"].rows, known),
        answers=pages["answers"].rows,
        briefings=FirstRows(handovers.of_the_customer(said), BRIEFINGS_SHOWN),
        handovers=handovers.handovers_of(told, said, case.notes if case else []),
        case=case,
        pages=pages,
        # Asked only where there is none.
        chat_is_over=not lines.rows and _is_past(session, SitePolicy.current().chat_days),
    )


def everyone_in(session: SupportSession) -> ParticipantQuerySet:
    return Participant.objects.filter(session=session).select_related("user")


def _known(session: SupportSession, pages: Mapping[str, Page[Any]]) -> dict[int, Participant]:
    """The people whom the shown rows name, by primary key: those of the page and, in one query, the others."""
    known: dict[int, Participant] = {one.pk: one for one in pages["people"].rows}
    named = {line.participant_id for line in pages["lines"].rows}
    named |= {pk for row in pages["files"].rows for pk in (row.sender_id, row.receiver_id)}
    named |= {pk for row in pages["consents"].rows for pk in (row.customer_id, row.csr_id)}
    named |= people_in(pages["events"].rows)
    others = named - set(known)
    known |= everyone_in(session).in_bulk(others) if others else {}
    for one in known.values():
        one.session = session
    return known


def _give_roles(people: list[Person], session: SupportSession, told: Iterable[Event]) -> None:
    """Set the `roles` of each, the last until they left. Without any in the log: the present one, since they joined.

    `told` is what was read of the log already, if anything.
    """
    if not people:
        return
    roles = [event for event in told if event.type in TOLD_BY]
    held = roles_held(roles or history(session.stream, only=TOLD_BY, limit=ROLES_READ))
    for one in people:
        one.roles = held.get(one.pk) or [Held(one.role, one.joined_at)]
        one.roles[-1].until = one.left_at


def _conversations(messages: list[ChatLine], known: Mapping[int, Participant]) -> list[list[ChatLine]]:
    _with_people(messages, known, "participant")
    give_reactions(messages)
    prefetch_related_objects([line for line in messages if line.is_changed], "earlier_texts")
    return [list(lines) for _number, lines in groupby(messages, key=lambda line: line.conversation)]


def _consents(session: SupportSession, rows: Iterable[Consent], known: Mapping[int, Participant]) -> list[ReceiptLine]:
    """What the customers answered, in the sentences of their receipts, about them."""
    day = timezone.localtime(session.started_at).date()
    answers = _with_people(rows, known, "customer", "csr")
    return [line_of_consent(row, row.customer, day, words=ABOUT_THE_CUSTOMER) for row in answers]


def _opens_conversation(lines: Page[ChatMessage]) -> bool:
    """A page may begin where a conversation does; before the first page there is none."""
    if not lines.rows or lines.before is None:
        return False
    first = lines.rows[0]
    earlier = ChatMessage.objects.filter(session=first.session_id, conversation=first.conversation)
    return not earlier.filter(pk__lt=first.pk).exists()


def _with_people(rows: Iterable[Row], known: Mapping[int, Participant], *roles: str) -> list[Row]:
    """The rows, with the participants they refer to taken from `known` instead of queried."""
    found = list(rows)
    for row in found:
        for role in roles:
            setattr(row, role, known[getattr(row, f"{role}_id")])
    return found


def _is_past(session: SupportSession, days: int) -> bool:
    return bool(days and session.ended_at and session.ended_at < clock.now() - timedelta(days=days))
