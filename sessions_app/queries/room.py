"""What the pages of a session read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.functional import SimpleLazyObject

from sessions_app.models import ChatMessage, FileTransfer, Participant, Reaction, SupportSession
from sessions_app.models.support_session import SupportSessionQuerySet
from sessions_app.queries.activities import live_media
from sessions_app.queries.askable import askable
from sessions_app.queries.customer_panel import panel_in_console
from sessions_app.queries.earlier import were_here_before
from sessions_app.queries.reactions import as_told, knowing_reactions
from sessions_app.rules import permissions
from sessions_app.rules.limits import reading_limits
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.reporting.first_rows import FirstRows, first_rows
from supportcenter.whole_addresses import whole_address

LINES_SHOWN = 200
SESSIONS_SHOWN = 50
FILES_SHOWN = 50
# Customers whom a sentence names (room/_names_cut_off.html).
NAMED = 5


class Positioned(TypedDict):
    """Where the log that the participant's page follows stood when the participant was read."""

    position: int


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from sessions_app.queries.reactions import Line

    Me = WithAnnotations[Participant, Positioned]


@dataclass(frozen=True)
class May:
    """What a participant may do, for drawing or hiding buttons; the actions check again."""

    control: bool
    end: bool
    leave: bool
    invite: bool
    remove: bool
    chat: bool
    return_control: bool
    ask_back: bool

    @classmethod
    def of(cls, by: Participant, session: SupportSession, assistants: Iterable[Participant]) -> May:
        control = permissions.may_control(by, session)
        return cls(
            control=control,
            end=permissions.may_end(by, session),
            leave=permissions.may_leave(by, session),
            invite=permissions.may_invite(by, session),
            remove=control,
            chat=permissions.may_chat(by, session),
            return_control=control and by.control_from_id in {assistant.pk for assistant in assistants},
            ask_back=permissions.may_ask_back(by, session),
        )


def room(session: SupportSession, me: Me) -> dict[str, Any]:
    """The context of a session's page, or of a region of it.

    `session`, `me` and the position were read at one moment: what happens from then on is replayed to the page.
    """
    participants = roster(session, me)
    assistants = [person for person in participants if permissions.may_take_control(person, session)]
    lines = SimpleLazyObject(partial(transcript, session, me))
    return {
        "position": me.position,
        "session": session,
        "me": me,
        "may": May.of(me, session, assistants),
        "participants": participants,
        "marks_json": json.dumps([one.marks for one in participants if one.is_customer != me.is_customer]),
        "assistants": assistants,
        "media": live_media(session, me, participants),
        "base_url": me.get_absolute_url(),
        # Few regions show any.
        "lines": lines,
        "most_lines": LINES_SHOWN,
        "reactions_json": SimpleLazyObject(lambda: json.dumps(as_told(lines))),
        "signs": Reaction.Sign.choices,
        # Never a customer's (E48, E62).
        "panel": SimpleLazyObject(partial(panel_in_console, session, me)) if not me.is_customer else None,
        "files": SimpleLazyObject(partial(latest_files, session)) if not me.is_customer else [],
        "askable": SimpleLazyObject(partial(askable, session)) if not me.is_customer else [],
        "primary_lost_until": _lost_until(session.primary),
        "join_address": whole_address("join"),
    }


def _lost_until(primary: Participant | None) -> datetime | None:
    """Until when a primary whose connection is gone may still return (E2)."""
    if primary is None or not primary.is_lost:
        return None
    return primary.grace_over_at(SitePolicy.current())


def restorable_until(session: SupportSession, user: User) -> datetime | None:
    """Until when this CSR can restore a session that they control and whose page has gone (E1, E2); None if never."""
    primary = session.primary
    if primary is None or primary.user_id != user.pk or not (primary.is_lost or primary.is_closed):
        return None
    until = primary.grace_over_at(SitePolicy.current())
    return until if until > clock.now() else None


def roster(session: SupportSession, me: Participant) -> list[Participant]:
    """The participants present, primary first; customers do not see those in the lobby, nor who was here before."""
    present = reading_limits(Participant.objects.present().select_related("user__csr_privileges"), session)
    if not me.is_customer:
        present = were_here_before(present, me.account)
    # On the session, whose state needs them as well.
    prefetch_related_objects([session], Prefetch("participants", present))
    people = [person for person in session.participants.all() if not me.is_customer or person.is_admitted]
    for person in people:
        person.session = session
        if person.pk == session.primary_id:
            session.primary = person
        if person.pk == session.current_customer_id:
            session.current_customer = person
    return sorted(people, key=lambda person: (not person.is_primary, person.is_customer, person.joined_at))


def transcript(session: SupportSession, me: Participant) -> list[Line]:
    """The latest messages of the chat that `me` may read, oldest first."""
    lines = knowing_reactions(ChatMessage.objects.filter(session=session).read_by(me))
    return list(reversed(lines.select_related("participant", "file").order_by("-pk")[:LINES_SHOWN]))


def latest_files(session: SupportSession) -> FirstRows[FileTransfer]:
    """The files that were sent or are on their way, the newest first."""
    return first_rows(session.file_transfers.select_related("sender").order_by("-pk"), FILES_SHOWN)


def customers_of(user: User) -> list[Participant]:
    """The customers in all sessions that this CSR controls, as many as a sentence names and one more."""
    sessions = SupportSession.objects.controlled_by(user)
    customers = Participant.objects.customers().present().filter(session__in=sessions).order_by("joined_at", "pk")
    return list(customers[: NAMED + 1])


def running_sessions(user: User) -> SupportSessionQuerySet:
    """The open sessions that a CSR is in, for the home page."""
    # From those who are present, who are few, however many sessions there were.
    present = Participant.objects.present().filter(user=user)
    return (
        SupportSession.objects.open()
        .filter(pk__in=present.values("session"))
        .select_related("primary", "current_customer")
        .prefetch_related(Prefetch("participants", Participant.objects.present()))
        .order_by("started_at")
    )
