from sessions_app import events
from sessions_app.actions.activities.stop import stop_activities
from sessions_app.actions.locking import ANYONE, PRESENT, gate, session_action
from sessions_app.errors import NoSuchParticipant, NotInControl, PrimaryCannotLeave
from sessions_app.models import Activity, Participant
from sessions_app.rules.capacity import release_slots
from sessions_app.rules.permissions import may_leave, may_remove
from sessions_app.rules.streams import lobby_stream
from supportcenter.live.delivery import transport
from supportcenter.live.log.eventlog import record
from supportcenter.live.sockets.close_codes import Code
from supportcenter.refusals import require


@session_action(who=PRESENT + gate(may_leave, PrimaryCannotLeave), touch=False)
def leave_session(session, *, by):
    """Leave for good. The last customer's leaving does not end the session (E13).

    Raises SessionHasEnded, NotInSession, PrimaryCannotLeave (E4).
    """
    see_out(session, by, Participant.LeftReason.LEFT, by=by)


@session_action(who=ANYONE, touch=False)
def remove_participant(session, participant, *, by):
    """The primary shows somebody out (E37). Raises SessionHasEnded, NotInControl, NoSuchParticipant."""
    participant = session.participants.present().filter(pk=participant.pk).first()
    require(participant is not None, NoSuchParticipant)
    require(may_remove(by, session, participant), NotInControl)
    see_out(session, participant, Participant.LeftReason.REMOVED, by=by)


def see_out(session, participant, reason, *, by=None):
    """Let a participant of the locked session go: the slot is free, the seat dead, the page told."""
    participant.session = session
    stop_activities(session, Activity.StopReason.OWNER_LEFT, of=participant, by=by)
    participant.mark_left(reason)
    if participant.is_customer and session.primary:
        release_slots(session.primary.user)
    record(session.stream, events.participant_left(participant), by=by)
    if session.current_customer_id == participant.pk:
        _choose_next_customer(session)
    for stream in (session.stream, lobby_stream(participant)):
        transport.close_sockets(stream, participant.event_key, Code.OVER)


def _choose_next_customer(session):
    """The one who has waited longest is helped next; nobody, if nobody is left."""
    session.current_customer = session.participants.customers().present().admitted().first()
    session.save(update_fields=["current_customer"])
    record(session.stream, events.customer_switched(session.current_customer))
