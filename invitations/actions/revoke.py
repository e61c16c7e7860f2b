from invitations import events
from invitations.rules.permissions import may_invite
from sessions_app.actions.locking import gate, session_action
from sessions_app.errors import NotInControl
from supportcenter.live.log.eventlog import record


@session_action(who=gate(may_invite, NotInControl), touch=False)
def revoke_invitation(session, invitation, *, by):
    """Make its link lead nowhere. Who has come in by it stays: showing somebody out is another verb.

    Raises SessionHasEnded, NotInControl. Withdrawing it again changes nothing.
    """
    invitation = session.invitations.get(pk=invitation.pk)
    if invitation.revoked_at is None:
        invitation.mark_revoked()
        record(session.stream, events.invitation_revoked(invitation), by=by)
    return invitation
