from contextlib import suppress

from sessions_app import events
from sessions_app.actions.activities.stop import stop_activities
from sessions_app.actions.control.switch_customer import make_current
from sessions_app.actions.lifecycle.lobby import set_lobby
from sessions_app.actions.lifecycle.numbers import renew_number
from sessions_app.actions.locking import ANYONE, PRESENT, PRIMARY, gate, session_action
from sessions_app.errors import NoSuchParticipant, NotInControl, PrimaryCannotLeave, SessionHasEnded
from sessions_app.models import Activity, Participant, SupportSession
from sessions_app.rules.capacity import release_slots
from sessions_app.rules.permissions import may_leave, may_remove
from sessions_app.rules.streams import lobby_stream
from supportcenter.live.delivery import transport
from supportcenter.live.delivery.close_codes import Code
from supportcenter.live.log.actor import Actor
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require
from supportcenter.refusals.found import found


@session_action(who=PRESENT + gate(may_leave, PrimaryCannotLeave), touch=False)
def leave_session(session: SupportSession, *, by: Participant) -> None:
    """Leave for good. The session goes on when its last customer leaves (E13).

    Raises SessionHasEnded, NotInSession, PrimaryCannotLeave (E4).
    """
    see_out(session, by, Participant.LeftReason.LEFT, by=by)


def remove_participant(
    session: SupportSession,
    participant: Participant,
    *,
    new_number: bool = False,
    lobby: bool = False,
    by: Participant,
) -> None:
    """Remove somebody from the session, as its primary (E37). A customer's browser cannot join it again (E49).

    With `new_number`, neither can another browser by the number or link that they know; with `lobby`, those who join
    from now on wait to be let in. Both count for all sessions of the family that the primary controls, since one of
    them may be the one whose number was typed (E34).

    Raises SessionHasEnded, NoSuchParticipant, NotInControl, NoNumberFree.
    """
    _remove(session, participant, new_number=new_number, lobby=lobby, by=by)
    if not (new_number or lobby):
        return
    # One after the other: joining by an invitation locks a session before its branch, and would wait for this one.
    family = SupportSession.objects.family_of(session).controlled_by(by.account)
    for relative in family.exclude(pk=session.pk).select_related("primary"):
        with suppress(SessionHasEnded, NotInControl):
            primary = found(relative.primary, NotInControl)
            _shut(relative, new_number=new_number, lobby=lobby, by=primary)


@session_action(who=ANYONE, touch=False, known_as="remove_participant")
def _remove(
    session: SupportSession, participant: Participant, *, new_number: bool, lobby: bool, by: Participant
) -> None:
    participant = found(session.participants.present().filter(pk=participant.pk).first(), NoSuchParticipant)
    require(may_remove(by, session, participant), NotInControl)
    see_out(session, participant, Participant.LeftReason.REMOVED, by=by)
    _shut_door(session, new_number=new_number, lobby=lobby, by=by)


@session_action(who=PRIMARY, touch=False, known_as="remove_participant")
def _shut(session: SupportSession, *, new_number: bool, lobby: bool, by: Participant) -> None:
    _shut_door(session, new_number=new_number, lobby=lobby, by=by)


def _shut_door(session: SupportSession, *, new_number: bool, lobby: bool, by: Participant) -> None:
    if new_number:
        renew_number(session, by=by)
    if lobby:
        set_lobby(session, on=True, by=by)


def see_out(
    session: SupportSession,
    participant: Participant,
    reason: Participant.LeftReason,
    *,
    by: Actor | None = None,
) -> None:
    """End a participant's stay in the locked session: their activities stop, their slot is free, their page closes."""
    participant.session = session
    stop_activities(session, Activity.StopReason.OWNER_LEFT, of=participant, by=by)
    participant.mark_left(reason)
    if participant.is_customer and session.primary:
        release_slots(session.primary.account)
    record(session.stream, events.participant_left(participant), by=by)
    if session.current_customer_id == participant.pk:
        # The customer who has waited longest is next, or nobody if nobody is left.
        make_current(session, session.participants.customers().present().admitted().first())
    for stream in (session.stream, lobby_stream(participant)):
        transport.close_sockets(stream, participant.event_key, Code.OVER)
