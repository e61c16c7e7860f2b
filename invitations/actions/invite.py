from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError

from invitations import events
from invitations.errors import AddressRefused, NoMailServer, TooManyInvitations
from invitations.models import Invitation
from invitations.models.tokens import new_nonce
from sessions_app.actions.locking import gate, session_action
from sessions_app.errors import NotInControl
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import may_invite
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import record
from supportcenter.mail.outbox import post
from supportcenter.refusals import require
from supportcenter.text.addresses import normalise

# Of its mail, in the outbox.
KIND = "invitation"


@session_action(who=gate(may_invite, NotInControl), touch=False)
def invite_by_email(
    session: SupportSession, *, recipient: str, email: str, language: str, nonce: str = "", by: Participant
) -> Invitation:
    """Have the site send an invitation to this address (S19). The same draft again is the same invitation (E12).

    Raises SessionHasEnded, NotInControl, NoMailServer, AddressRefused, TooManyInvitations.
    """
    require_mail_server()
    invitation, is_new = _invite(session, Invitation.Channel.EMAIL, recipient, email, language, nonce, by)
    if is_new:
        invitation.delivery = post(KIND, invitation.pk)
        invitation.save(update_fields=["delivery"])
    return invitation


@session_action(who=gate(may_invite, NotInControl), touch=False)
def invite_by_own_program(
    session: SupportSession, *, recipient: str, email: str, language: str, nonce: str = "", by: Participant
) -> Invitation:
    """Record an invitation that the CSR sends with their own program; the site sends nothing (S30).

    Raises SessionHasEnded, NotInControl, AddressRefused, TooManyInvitations.
    """
    return _invite(session, Invitation.Channel.OWN_PROGRAM, recipient, email, language, nonce, by)[0]


def require_mail_server() -> None:
    """Raises NoMailServer where nothing would be sent."""
    require(settings.MAIL_IS_SET_UP, NoMailServer)


def require_one_more(session: SupportSession, policy: SitePolicy) -> None:
    """E39: at most ⟨20⟩ for each session, resends included. Raises TooManyInvitations."""
    require(Invitation.objects.filter(session=session).sendings() < policy.invitations_per_session, TooManyInvitations)


def _invite(
    session: SupportSession,
    channel: Invitation.Channel,
    recipient: str,
    email: str,
    language: str,
    nonce: str,
    by: Participant,
) -> tuple[Invitation, bool]:
    address = address_of(email)
    if again := session.invitations.filter(nonce=nonce, channel=channel, recipient=recipient, email=address).first():
        return again, False
    policy = SitePolicy.current()
    require_one_more(session, policy)
    now = clock.now()
    invitation = Invitation.objects.create(
        session=session,
        invited_by=by,
        channel=channel,
        recipient=recipient,
        email=address,
        language=language,
        nonce=_unused(nonce),
        created_at=now,
        expires_at=now + timedelta(hours=policy.link_hours),
    )
    record(session.stream, events.invitation_created(invitation), by=by)
    return invitation, True


def _unused(nonce: str) -> str:
    taken = not nonce or Invitation.objects.filter(nonce=nonce).exists()
    return new_nonce() if taken else nonce


def address_of(email: str) -> str:
    """Raises AddressRefused (S27)."""
    try:
        return normalise(email)
    except ValidationError as error:
        raise AddressRefused from error
