from invitations import events
from invitations.models import Invitation
from sessions_app.actions.locking import gate, session_action
from sessions_app.errors import NotInControl
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import may_invite
from supportcenter.live.log.eventlog import record


@session_action(who=gate(may_invite, NotInControl), touch=False)
def revoke_invitation(session: SupportSession, invitation: Invitation, *, by: Participant) -> Invitation:
    """Revoke an invitation: its link leads nowhere. A person who has joined by it stays.

    Revoking it again changes nothing. Raises SessionHasEnded, NotInControl.
    """
    invitation = session.invitations.get(pk=invitation.pk)
    if invitation.revoked_at is None:
        invitation.mark_revoked()
        record(session.stream, events.invitation_revoked(invitation), by=by)
    return invitation
