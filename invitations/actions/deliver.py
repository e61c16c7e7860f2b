"""What becomes of an invitation's mail."""

from django.db.models import Exists, OuterRef, QuerySet

from invitations import events
from invitations.actions.invite import KIND
from invitations.models import Invitation
from supportcenter.kept_sql import kept_rows
from supportcenter.live.log.eventlog import record
from supportcenter.mail.models import Delivery, State

TOLD = {
    State.SENT: events.invitation_sent,
    State.DELIVERED: events.invitation_delivered,
    State.DEFERRED: events.invitation_deferred,
    State.BOUNCED: events.invitation_bounced,
    State.REJECTED: events.invitation_rejected,
    State.COMPLAINED: events.invitation_complained,
    State.FAILED: events.invitation_failed,
}


def note_delivery(delivery: Delivery) -> None:
    """Tell the session's staff. What became of an earlier sending is no news, and that nothing was sent is none either.

    The log is locked after the delivery, and nothing that holds the log waits for a delivery.
    """
    if delivery.detail and not Invitation.objects.filter(pk=delivery.subject).exclude(email="").exists():
        # The customer's data has been erased, or the whole session: the server's words may hold the address (E44).
        Delivery.objects.filter(pk=delivery.pk).update(detail="")
    invitation = wanted(delivery)
    if invitation is None:
        return
    if event := TOLD.get(State(delivery.state)):
        record(invitation.session.stream, event(invitation))


def forget_replies() -> None:
    """Of those whose address has been erased, with the customer's data or with the whole session (E44)."""
    named = Invitation.objects.filter(pk=OuterRef("subject")).exclude(email="")
    Delivery.objects.with_details().filter(~Exists(named), kind=KIND).update(detail="")


def wanted(delivery: Delivery) -> Invitation | None:
    """The invitation whose latest sending this is."""
    invitation = _wanted.first(pk=delivery.subject, delivery=delivery.pk)
    if invitation:
        invitation.delivery = delivery
    return invitation


@kept_rows
def _wanted(*, pk: int, delivery: int) -> QuerySet[Invitation]:
    # Who has joined by it is read if there is anybody: seldom, before it is sent, and each join costs PostgreSQL.
    found = Invitation.objects.filter(pk=pk, delivery=delivery).order_by()
    return found.select_related("session", "invited_by__user")
