from sessions_app import events
from sessions_app.actions.activities.stop import stop_activities
from sessions_app.actions.control.switch_customer import make_current
from sessions_app.actions.locking import ANYONE, PRESENT, gate, session_action
from sessions_app.errors import NoSuchParticipant, NotInControl, PrimaryCannotLeave
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


@session_action(who=ANYONE, touch=False)
def remove_participant(session: SupportSession, participant: Participant, *, by: Participant) -> None:
    """Remove somebody from the session, as its primary (E37).

    Raises SessionHasEnded, NoSuchParticipant, NotInControl.
    """
    participant = found(session.participants.present().filter(pk=participant.pk).first(), NoSuchParticipant)
    require(may_remove(by, session, participant), NotInControl)
    see_out(session, participant, Participant.LeftReason.REMOVED, by=by)


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
