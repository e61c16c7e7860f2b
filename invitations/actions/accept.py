"""Join a session by an invitation. Only a POST leads here: mail scanners open links, people press Join (E38)."""

from django.db import transaction

from invitations import events
from invitations.errors import InvitationExpired, InvitationRevoked, InvitationTaken
from invitations.models import Invitation
from sessions_app.actions.lifecycle.assist import assist_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.presence.move_seat import move_seat
from sessions_app.errors import NoRoom, SessionHasEnded
from sessions_app.models import Participant, SupportSession
from supportcenter.accounts.models import User
from supportcenter.browser_secrets import digest
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import Refused, require


def accept_invitation(
    invitation: Invitation, *, name: str, email: str = "", language: str, seat: str = ""
) -> tuple[Participant, str]:
    """Seat the invited customer and return the participant and the seat's secret.

    A customer who has joined by it already moves to this device, once for each press: a repeat brings the same `seat`.
    Raises SessionHasEnded, InvitationRevoked, InvitationExpired, NobodyInControl, NameTaken, NoRoom.
    """
    seated = _seat(invitation, seat, name=name, email=email, language=language)
    # Raised after the commit, so that the primary is told of the join that failed (E31).
    if isinstance(seated, Refused):
        raise seated
    return seated


@transaction.atomic
def accept_as_csr(invitation: Invitation, *, by: User) -> Participant:
    """Let an invited CSR, who is signed in, assist in the session (E39).

    Raises SessionHasEnded, InvitationRevoked, InvitationExpired, InvitationTaken, NotACsr.
    """
    session, invitation = _locked(invitation)
    require_usable(invitation)
    require(invitation.participant is None or invitation.participant.user_id == by.pk, InvitationTaken)
    assistant = assist_session(session, by=by)
    _note_joined(invitation, assistant)
    return assistant


@transaction.atomic
def note_opened(invitation: Invitation) -> None:
    """Record that the page behind the link was opened, as its script reports. Only the first time counts."""
    session, invitation = _locked(invitation)
    if invitation.is_usable and invitation.opened_at is None and invitation.joined_at is None:
        invitation.mark_opened()
        record(session.stream, events.invitation_opened(invitation))


def require_usable(invitation: Invitation) -> None:
    """Raises SessionHasEnded, InvitationRevoked, InvitationExpired."""
    require(invitation.target_session.is_open, SessionHasEnded)
    require(not invitation.is_revoked, InvitationRevoked)
    require(not invitation.is_expired, InvitationExpired)


@transaction.atomic
def _seat(
    invitation: Invitation, seat: str, *, name: str, email: str, language: str
) -> tuple[Participant, str] | Refused:
    session, invitation = _locked(invitation)
    require_usable(invitation)
    seated = invitation.participant
    if seated and seated.is_present:
        sits_there = seat and seated.seat_hash == digest(seat)
        return seated, seat if sits_there else move_seat(seated.session, seat=seat, by=seated)
    try:
        way = Participant.CameBy.INVITATION
        customer, seat = join_session(session, name=name, email=email, language=language, came_by=way, seat=seat)
    except NoRoom as refusal:
        return refusal
    _note_joined(invitation, customer)
    return customer, seat


def _note_joined(invitation: Invitation, participant: Participant) -> None:
    if invitation.participant_id != participant.pk or invitation.joined_at is None:
        invitation.mark_joined(participant)
        record(invitation.session.stream, events.invitation_joined(invitation), by=participant)


def _locked(invitation: Invitation) -> tuple[SupportSession, Invitation]:
    """Lock session, invitation, then the log: the same order everywhere, so that no delivery deadlocks with this."""
    session = invitation.session.locked()
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("participant__session")
    invitation = locked.get(pk=invitation.pk)
    invitation.session = session
    return session, invitation
