from invitations.rules.permissions import may_invite
from sessions_app import events
from sessions_app.actions.locking import gate, session_action
from sessions_app.errors import NotInControl
from supportcenter.live.log.eventlog import record


@session_action(who=gate(may_invite, NotInControl), touch=False)
def renew_join_link(session, *, by):
    """Make every join link given out so far lead nowhere, and the next one lead here (E38).

    Raises SessionHasEnded, NotInControl. Who has joined stays.
    """
    session.link_version += 1
    session.save(update_fields=["link_version"])
    record(session.stream, events.link_renewed(), by=by)
    return session
