from sessions_app import events
from sessions_app.actions.activities.stop import stop_activities
from sessions_app.actions.case.closing import ask_for_closing
from sessions_app.actions.locking import gate, session_action
from sessions_app.errors import NotInControl
from sessions_app.models import Activity, Participant, SupportSession
from sessions_app.rules.capacity import release_slots, slots_in
from sessions_app.rules.permissions import may_end
from sessions_app.rules.streams import lobby_stream
from supportcenter import security_log
from supportcenter.accounts.models import User
from supportcenter.live.delivery import transport
from supportcenter.live.delivery.close_codes import Code
from supportcenter.live.log.actor import Actor
from supportcenter.live.log.eventlog import record_all


@session_action(who=gate(may_end, NotInControl), touch=False)
def end_session(session: SupportSession, *, by: Participant | User) -> SupportSession:
    """End the session for everyone, as its primary or an admin; its number and links stop working (E41).

    Raises SessionHasEnded, NotInControl.
    """
    reason = SupportSession.EndReason.ENDED
    if isinstance(by, User):
        reason = SupportSession.EndReason.ENDED_BY_ADMIN
        security_log.note("session_ended_by_admin", account=by.username, about=session.audit_subject)
    return close_session(session, reason=reason, by=by)


def close_session(
    session: SupportSession, *, reason: SupportSession.EndReason, by: Actor | None = None
) -> SupportSession:
    """End the locked session: what runs stops, slots are free again, and everybody has left."""
    if session.primary:
        release_slots(session.primary.account, slots_in(session))
    ask_for_closing(session)
    stop_activities(session, Activity.StopReason.SESSION_ENDED, by=by)
    session.mark_ended(reason)
    news = [(session.stream, events.session_ended(session))]
    for participant in session.participants.present():
        participant.mark_left(Participant.LeftReason.ENDED)
        if participant.is_customer and not participant.is_admitted:
            # Their page in the lobby follows a stream of its own.
            news.append((lobby_stream(participant), events.lobby_left()))
    record_all(news, by=by)
    transport.close_sockets(session.stream, None, Code.OVER)
    return session
