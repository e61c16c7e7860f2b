from invitations.rules.permissions import may_invite
from sessions_app import events
from sessions_app.actions.locking import control_function, take_floor
from sessions_app.errors import NotInControl, SessionHasEnded
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require


@control_function
def renew_join_link(session, *, by):
    """Make every join link given out so far lead nowhere, and the next one lead here (E38).

    Raises SessionHasEnded, NotInControl. Who has joined stays.
    """
    session, by = take_floor(session, by)
    require(session.is_open, SessionHasEnded)
    require(may_invite(by, session), NotInControl)
    session.link_version += 1
    session.save(update_fields=["link_version"])
    record(session.stream, events.link_renewed(), by=by)
    return session
