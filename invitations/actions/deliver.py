"""Record what becomes of a delivery. Sending itself takes seconds, and happens outside of any transaction."""

from django.db import transaction

from invitations import events
from invitations.models import Invitation
from supportcenter.jobs.models import MOST_ATTEMPTS
from supportcenter.live.log.eventlog import record


@transaction.atomic
def begin_delivery(pk: int, sending: int) -> Invitation | None:
    """Count an attempt and return the invitation, or None if there is nothing to send any more.

    Nothing is sent once it has been sent, after a revocation, or after the end of the session.
    """
    invitation = _locked(pk)
    if invitation is None or invitation.sendings != sending or not invitation.is_on_its_way:
        return None
    if not invitation.is_usable:
        return None
    invitation.count_attempt()
    return invitation


@transaction.atomic
def confirm_delivery(pk: int, sending: int) -> None:
    """Record that the mail server has accepted the invitation."""
    invitation = _locked(pk)
    if invitation and invitation.sendings == sending and invitation.is_on_its_way:
        invitation.mark_sent()
        record(invitation.session.stream, events.invitation_sent(invitation))


@transaction.atomic
def fail_delivery(pk: int, sending: int, *, failure: Invitation.Failure, detail: str = "") -> None:
    """Record that the invitation cannot be delivered; the CSR sees why, and still has the link."""
    invitation = _locked(pk)
    if invitation and invitation.sendings == sending and invitation.is_on_its_way:
        invitation.mark_failed(failure, detail)
        record(invitation.session.stream, events.invitation_failed(invitation))


def is_last_attempt(invitation: Invitation) -> bool:
    return invitation.attempts >= MOST_ATTEMPTS


def _locked(pk: int) -> Invitation | None:
    found = Invitation.objects.select_for_update(of=("self",)).filter(pk=pk)
    return found.select_related("session", "invited_by__user", "participant__session").first()
