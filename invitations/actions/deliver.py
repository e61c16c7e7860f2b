"""What becomes of a delivery, noted. Sending itself is no action: it takes seconds and no transaction."""

from django.db import transaction

from invitations import events
from invitations.models import Invitation
from supportcenter.jobs.models import MOST_ATTEMPTS
from supportcenter.live.log.eventlog import record


@transaction.atomic
def begin_delivery(pk, sending):
    """Count an attempt and return the invitation, or None if there is nothing (more) to send.

    Nothing is sent twice on purpose, after a revocation, or into a session that has ended.
    """
    invitation = _locked(pk)
    if invitation is None or invitation.sendings != sending or not invitation.is_on_its_way:
        return None
    if not invitation.is_usable:
        return None
    invitation.count_attempt()
    return invitation


@transaction.atomic
def confirm_delivery(pk, sending):
    """The mail server has taken it."""
    invitation = _locked(pk)
    if invitation.sendings == sending and invitation.is_on_its_way:
        invitation.mark_sent()
        record(invitation.session.stream, events.invitation_sent(invitation))


@transaction.atomic
def fail_delivery(pk, sending, *, failure, detail=""):
    """It will not get there; the CSR sees why, and still has the link."""
    invitation = _locked(pk)
    if invitation.sendings == sending and invitation.is_on_its_way:
        invitation.mark_failed(failure, detail)
        record(invitation.session.stream, events.invitation_failed(invitation))


def is_last_attempt(invitation):
    return invitation.attempts >= MOST_ATTEMPTS


def _locked(pk):
    found = Invitation.objects.select_for_update(of=("self",)).filter(pk=pk)
    return found.select_related("session", "invited_by__user", "participant__session").first()
