from datetime import timedelta

from invitations import events
from invitations.actions.invite import KIND, require_mail_server, require_one_more
from invitations.errors import InvitationRevoked, NotSentByTheSite
from invitations.models import Invitation
from sessions_app.actions.locking import gate, session_action
from sessions_app.errors import NotInControl
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import may_invite
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import record
from supportcenter.mail.outbox import post
from supportcenter.refusals import require


@session_action(who=gate(may_invite, NotInControl), touch=False)
def resend_invitation(session: SupportSession, invitation: Invitation, *, by: Participant) -> Invitation:
    """Send an invitation again, with the same link and its full time (E39). One still on its way is left alone.

    Raises SessionHasEnded, NotInControl, InvitationRevoked, NotSentByTheSite, NoMailServer, TooManyInvitations.
    """
    invitation = session.invitations.select_related("delivery").get(pk=invitation.pk)
    require(not invitation.is_revoked, InvitationRevoked)
    require(invitation.is_by_site, NotSentByTheSite)
    require_mail_server()
    if invitation.is_on_its_way:
        return invitation
    send_again(session, invitation)
    record(session.stream, events.invitation_resent(invitation), by=by)
    return invitation


def send_again(session: SupportSession, invitation: Invitation) -> None:
    """Post it once more, with its full time. Raises TooManyInvitations."""
    policy = SitePolicy.current()
    require_one_more(session, policy)
    delivery = post(KIND, invitation.pk, sending=invitation.sendings + 1)
    invitation.mark_queued_again(delivery, expires_at=clock.now() + timedelta(hours=policy.link_hours))
