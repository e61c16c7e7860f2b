from invitations import events
from invitations.rules.permissions import may_invite
from sessions_app.actions.locking import control_function, take_floor
from sessions_app.errors import NotInControl, SessionHasEnded
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require


@control_function
def revoke_invitation(session, invitation, *, by):
    """Make its link lead nowhere. Who has come in by it stays: showing somebody out is another verb.

    Raises SessionHasEnded, NotInControl. Withdrawing it again changes nothing.
    """
    session, by = take_floor(session, by)
    invitation = session.invitations.get(pk=invitation.pk)
    require(session.is_open, SessionHasEnded)
    require(may_invite(by, session), NotInControl)
    if invitation.revoked_at is None:
        invitation.mark_revoked()
        record(session.stream, events.invitation_revoked(invitation), by=by)
    return invitation
