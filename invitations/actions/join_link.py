"""The link into a session that any number of people may use: renewed, switched off and on again (E38)."""

from sessions_app import events
from sessions_app.actions.locking import gate, session_action
from sessions_app.errors import NotInControl
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import may_invite
from supportcenter.live.log.eventlog import record


@session_action(who=gate(may_invite, NotInControl), touch=False)
def renew_join_link(session: SupportSession, *, by: Participant) -> SupportSession:
    """Replace the session's join link, so that all earlier ones lead nowhere (E38). Those who have joined stay.

    Raises SessionHasEnded, NotInControl.
    """
    session.renew_link()
    record(session.stream, events.link_renewed(), by=by)
    return session


@session_action(who=gate(may_invite, NotInControl), touch=False)
def switch_join_link(session: SupportSession, *, on: bool, by: Participant) -> SupportSession:
    """Switch the session's join link off, so that it lets in nobody, or on again, with the links told before (E38).

    The number and personal invitations go on working. What is so already is not told again.
    Raises SessionHasEnded, NotInControl.
    """
    if session.link_is_off == on:
        session.switch_link(on)
        record(session.stream, events.link_switched(on=on), by=by)
    return session
