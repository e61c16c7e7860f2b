"""All events of invitations.

They are for staff alone. Addresses stay in the invitation's row, where they can be erased.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supportcenter.live.log.eventlog import STAFF, Draft

if TYPE_CHECKING:
    from invitations.models import Invitation


def invitation_created(invitation: Invitation) -> Draft:
    return _draft("invitation.created", invitation, recipient=invitation.recipient, channel=invitation.channel)


def invitation_resent(invitation: Invitation) -> Draft:
    return _draft("invitation.resent", invitation)


def invitation_corrected(invitation: Invitation) -> Draft:
    """It goes to another address."""
    return _draft("invitation.corrected", invitation)


def invitation_sent(invitation: Invitation) -> Draft:
    """The mail server has accepted it; whether it arrived is known from `delivered` alone (E52)."""
    return _draft("invitation.sent", invitation)


def invitation_delivered(invitation: Invitation) -> Draft:
    """The mail provider says that the recipient's mail server has accepted it."""
    return _draft("invitation.delivered", invitation)


def invitation_deferred(invitation: Invitation) -> Draft:
    """Not accepted yet; it is tried again."""
    return _draft("invitation.deferred", invitation, why=_why(invitation))


def invitation_bounced(invitation: Invitation) -> Draft:
    return _draft("invitation.bounced", invitation, why=_why(invitation))


def invitation_rejected(invitation: Invitation) -> Draft:
    return _draft("invitation.rejected", invitation, why=_why(invitation))


def invitation_complained(invitation: Invitation) -> Draft:
    """It arrived, and was reported as spam."""
    return _draft("invitation.complained", invitation, why=_why(invitation))


def invitation_failed(invitation: Invitation) -> Draft:
    return _draft("invitation.failed", invitation, why=_why(invitation))


def invitation_opened(invitation: Invitation) -> Draft:
    return _draft("invitation.opened", invitation)


def invitation_joined(invitation: Invitation) -> Draft:
    return _draft("invitation.joined", invitation, participant=invitation.participant_id)


def invitation_revoked(invitation: Invitation) -> Draft:
    return _draft("invitation.revoked", invitation)


def _draft(type: str, invitation: Invitation, **facts: Any) -> Draft:
    return Draft(type, {"invitation": invitation.pk, **facts}, STAFF)


def _why(invitation: Invitation) -> str:
    return invitation.delivery.reason if invitation.delivery else ""
