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


def invitation_sent(invitation: Invitation) -> Draft:
    """The mail server has accepted it; whether it arrives is not known."""
    return _draft("invitation.sent", invitation)


def invitation_failed(invitation: Invitation) -> Draft:
    return _draft("invitation.failed", invitation, why=invitation.failure)


def invitation_opened(invitation: Invitation) -> Draft:
    return _draft("invitation.opened", invitation)


def invitation_joined(invitation: Invitation) -> Draft:
    return _draft("invitation.joined", invitation, participant=invitation.participant_id)


def invitation_revoked(invitation: Invitation) -> Draft:
    return _draft("invitation.revoked", invitation)


def _draft(type: str, invitation: Invitation, **facts: Any) -> Draft:
    return Draft(type, {"invitation": invitation.pk, **facts}, STAFF)
