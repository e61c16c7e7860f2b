from invitations import events
from invitations.actions.invite import address_of, require_mail_server
from invitations.actions.resend import send_again
from invitations.errors import InvitationOpened, InvitationRevoked, NotSentByTheSite
from invitations.models import Invitation
from sessions_app.actions.locking import gate, session_action
from sessions_app.errors import NotInControl
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import may_invite
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require


@session_action(who=gate(may_invite, NotInControl), touch=False)
def correct_address(session: SupportSession, invitation: Invitation, *, email: str, by: Participant) -> Invitation:
    """Send an invitation to another address instead, with another link: the first may have reached somebody else.

    The address that it has already changes nothing. It counts as one more of the session's invitations (E39).
    Raises SessionHasEnded, NotInControl, InvitationRevoked, NotSentByTheSite, InvitationOpened, NoMailServer,
    AddressRefused, TooManyInvitations.
    """
    invitation = session.invitations.select_related("delivery", "participant").get(pk=invitation.pk)
    require(not invitation.is_revoked, InvitationRevoked)
    require(invitation.is_by_site, NotSentByTheSite)
    require(invitation.is_correctable, InvitationOpened)
    require_mail_server()
    address = address_of(email)
    if address == invitation.email:
        return invitation
    invitation.correct(address)
    send_again(session, invitation)
    record(session.stream, events.invitation_corrected(invitation), by=by)
    return invitation
