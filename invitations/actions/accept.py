"""From an invitation to a seat. Only a POST comes here: mail scanners open links, people press Join (E38)."""

from django.db import transaction

from invitations import events
from invitations.errors import InvitationExpired, InvitationRevoked, InvitationTaken
from invitations.models import Invitation
from sessions_app.actions.lifecycle.assist import assist_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.presence.move_seat import move_seat
from sessions_app.errors import NoRoom, SessionHasEnded
from sessions_app.models.participant import digest
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import Refused, require


def accept_invitation(invitation, *, name, email="", language, seat=""):
    """Seat the invited customer and return the participant and the seat's secret.

    Whoever is in by it already only moves to this device, once for a press: a repeat brings the same `seat` again.
    Raises SessionHasEnded, InvitationRevoked, InvitationExpired, NobodyInControl,
    NameTaken, NoRoom.
    """
    seated = _seat(invitation, seat, name=name, email=email, language=language)
    # Raised after the commit, or the primary would not be told of the join that failed (E31).
    if isinstance(seated, Refused):
        raise seated
    return seated


@transaction.atomic
def accept_as_csr(invitation, *, by):
    """Bring an invited, signed-in CSR in as an assistant (E39).

    Raises SessionHasEnded, InvitationRevoked, InvitationExpired, InvitationTaken, NotACsr.
    """
    session, invitation = _locked(invitation)
    require_usable(invitation)
    require(invitation.participant is None or invitation.participant.user_id == by.pk, InvitationTaken)
    assistant = assist_session(session, by=by)
    _note_joined(invitation, assistant)
    return assistant


@transaction.atomic
def note_opened(invitation):
    """Somebody looks at the page behind the link, as far as its script can tell. Only the first time counts."""
    session, invitation = _locked(invitation)
    if invitation.is_usable and invitation.opened_at is None and invitation.joined_at is None:
        invitation.mark_opened()
        record(session.stream, events.invitation_opened(invitation))


def require_usable(invitation):
    require(invitation.place.is_open, SessionHasEnded)
    require(not invitation.is_revoked, InvitationRevoked)
    require(not invitation.is_expired, InvitationExpired)


@transaction.atomic
def _seat(invitation, seat, *, name, email, language):
    session, invitation = _locked(invitation)
    require_usable(invitation)
    seated = invitation.participant
    if seated and seated.is_present:
        sits_there = seat and seated.seat_hash == digest(seat)
        return seated, seat if sits_there else move_seat(seated.session, seat=seat, by=seated)
    try:
        customer, seat = join_session(session, name=name, email=email, language=language, seat=seat)
    except NoRoom as refusal:
        return refusal
    _note_joined(invitation, customer)
    return customer, seat


def _note_joined(invitation, participant):
    if invitation.participant_id != participant.pk or invitation.joined_at is None:
        invitation.mark_joined(participant)
        record(invitation.session.stream, events.invitation_joined(invitation), by=participant)


def _locked(invitation):
    """Session, invitation, then the log: in this order everywhere, or a delivery that ends just now would deadlock."""
    session = invitation.session.locked()
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("participant__session")
    invitation = locked.get(pk=invitation.pk)
    invitation.session = session
    return session, invitation
