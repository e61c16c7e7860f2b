"""What every action in a session does first, in one place: lock, read again, and ask who may."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import transaction

from sessions_app import events
from sessions_app.actions import idle_clock
from sessions_app.errors import NotInControl, NotInSession, SessionHasEnded
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import is_in, may_control
from supportcenter.live.log.collecting import collect_recorded
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import Refused, require

Action = TypeVar("Action", bound=Callable[..., Any])
# Predicates of (by, session), in the order in which they are asked, each with its refusal.
Who = tuple[tuple[Callable[[Any, SupportSession], bool], type[Refused]], ...]


def gate(may: Callable[[Any, SupportSession], bool], refusal: type[Refused]) -> Who:
    return ((may, refusal),)


ANYONE: Who = ()
# In the session, with or without a connected page.
PRESENT = gate(is_in, NotInSession)
# S51: control functions are the primary's alone.
PRIMARY = gate(may_control, NotInControl)


def session_action(*, who: Who, after_end: bool = False, touch: bool = True) -> Callable[[Action], Action]:
    """Make `action(session, …, by)` something that is done in a session: one transaction, or nothing.

    The action gets the session locked and `by` read again. SessionHasEnded comes first, unless it may run `after_end`;
    then those refusals that `who` names. An attempt without control is on record, although it changed nothing (S51).
    What the action records in the session's stream starts its idle time again (E40), unless `touch` is off.
    """

    def decorate(action: Action) -> Action:
        @wraps(action)
        def attempt(session: SupportSession, *args: Any, by: Any, **more: Any) -> Any:
            try:
                with transaction.atomic():
                    return perform(session, *args, by=by, **more)
            except NotInControl as refusal:
                if isinstance(by, Participant):
                    _note_refusal(session, action.__name__, refusal.code, by)
                raise

        def perform(session: SupportSession, *args: Any, by: Any, **more: Any) -> Any:
            session, by = lock_session(session, by)
            require(after_end or session.is_open, SessionHasEnded)
            for may, refusal in who:
                require(may(by, session), refusal)
            with collect_recorded() as recorded:
                result = action(session, *args, by=by, **more)
            if touch and any(event.stream.name == session.stream for event in recorded):
                idle_clock.touch(session, by=by)
            return result

        return cast("Action", attempt)

    return decorate


def lock_session(session: SupportSession, by: Any) -> tuple[SupportSession, Any]:
    """Lock the session's row and return it with `by` read again, so that what is asked next is true until commit."""
    session = session.locked()
    if isinstance(by, Participant):
        by = Participant.objects.select_related("user").get(pk=by.pk)
        by.session = session
    return session, by


@transaction.atomic
def _note_refusal(session: SupportSession, action: str, code: str, by: Participant) -> None:
    record(session.stream, events.control_refused(action, code), by=by)
