"""What every action in a session begins and ends with, in one place; an action itself asks, changes and records."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import transaction
from django.db.models import QuerySet

from sessions_app import events
from sessions_app.actions import idle_clock
from sessions_app.errors import NotInControl, NotInSession, SessionHasEnded
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import is_in, may_control
from supportcenter.kept_sql import KeptRows, kept_rows
from supportcenter.live.log.actor import Actor
from supportcenter.live.log.collecting import collect_recorded
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import Refused, require

Action = TypeVar("Action", bound=Callable[..., Any])
By = TypeVar("By", bound=Actor | None)
Reading = KeptRows[Any, Participant]
May = Callable[[Any, SupportSession], bool]
# Predicates of (by, session) in the order in which they are asked, each with its refusal.
Who = tuple[tuple[May, type[Refused]], ...]


def gate(may: May, refusal: type[Refused]) -> Who:
    return ((may, refusal),)


ANYONE: Who = ()
# In the session, with or without a connected page.
PRESENT = gate(is_in, NotInSession)
# S51: control functions are the primary's alone.
PRIMARY = gate(may_control, NotInControl)


def session_action(
    *, who: Who, after_end: bool = False, touch: bool = True, known_as: str = "", reading: Reading | None = None
) -> Callable[[Action], Action]:
    """Decorate `action(session, …, by=…)`, which runs in one transaction with the session locked and `by` read again.

    `who` may do it: PRIMARY, PRESENT, ANYONE or a `gate`; `PRESENT + PRIMARY` asks both, in this order. Before that
    SessionHasEnded is raised, unless the action may run `after_end`. A refused attempt to control is on record, though
    it has changed nothing (S51), by the name of the function, or the one that it is `known_as` if it was renamed. If
    the action records anything in the session's stream, an open session is in use and its idle time starts again (E40),
    unless `touch` is off. `reading` reads, instead of `by` alone, what the action needs to know beside it (`kept_sql`);
    it is given the key of `by` as `me`, and those of the action's own arguments that it names.
    """

    def decorate(action: Action) -> Action:
        @wraps(action)
        def attempt(session: SupportSession, *args: Any, by: Any, **more: Any) -> Any:
            try:
                with transaction.atomic():
                    return perform(session, *args, by=by, **more)
            except NotInControl as refusal:
                if isinstance(by, Participant):
                    _note_refusal(session, known_as or action.__name__, refusal.code, by)
                raise

        def perform(session: SupportSession, *args: Any, by: Any, **more: Any) -> Any:
            session, by = lock_session(session, by, reading, **more)
            require(after_end or session.is_open, SessionHasEnded)
            for may, refusal in who:
                require(may(by, session), refusal)
            with collect_recorded() as recorded:
                result = action(session, *args, by=by, **more)
            if touch and session.is_open and any(event.stream.name == session.stream for event in recorded):
                idle_clock.touch(session, by=by)
            return result

        return cast("Action", attempt)

    return decorate


def lock_session(
    session: SupportSession, by: By, reading: Reading | None = None, **arguments: Any
) -> tuple[SupportSession, By]:
    """Lock the session's row and return it with `by` read again, so that what is asked next is true until commit."""
    locked = session.locked()
    if not isinstance(by, Participant):
        return locked, by
    reading = reading or _by_themselves
    named = {name: value for name, value in arguments.items() if name in reading.fields}
    participant = reading.get(me=by.pk, **named)
    if participant.session_id == locked.pk:
        participant.session = locked
    return locked, cast("By", participant)


def participants(me: int) -> QuerySet[Participant]:
    """Who acts, with their account and what it may: what every `reading` begins with."""
    return Participant.objects.select_related("user__csr_privileges").filter(pk=me).order_by()


@kept_rows
def _by_themselves(*, me: int) -> QuerySet[Participant]:
    return participants(me)


@transaction.atomic
def _note_refusal(session: SupportSession, action: str, code: str, by: Participant) -> None:
    record(session.stream, events.control_refused(action, code), by=by)
