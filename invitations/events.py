"""What can happen to an invitation.

Customers hear nothing of it, and addresses stay in the row, where they can be erased.
"""

from supportcenter.live.log.eventlog import STAFF, Draft


def invitation_created(invitation):
    return _draft("invitation.created", invitation, recipient=invitation.recipient, channel=invitation.channel)


def invitation_resent(invitation):
    return _draft("invitation.resent", invitation)


def invitation_sent(invitation):
    """The mail server took it; whether it arrived is another matter."""
    return _draft("invitation.sent", invitation)


def invitation_failed(invitation):
    return _draft("invitation.failed", invitation, why=invitation.failure)


def invitation_opened(invitation):
    return _draft("invitation.opened", invitation)


def invitation_joined(invitation):
    return _draft("invitation.joined", invitation, participant=invitation.participant_id)


def invitation_revoked(invitation):
    return _draft("invitation.revoked", invitation)


def _draft(type, invitation, **facts):
    return Draft(type, {"invitation": invitation.pk, **facts}, STAFF)
