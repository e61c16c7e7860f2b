from django.db.models import Q

from invitations.actions.invite import KIND
from invitations.models import Invitation
from sessions_app.models import Participant, SupportSession
from supportcenter.mail.outbox import forget_details


def erase_address(session: SupportSession, customer: Participant) -> None:
    """Erase the address that a customer was invited at, and what the mail server said about it (E44)."""
    theirs = Q(participant=customer)
    if customer.email:
        theirs |= Q(session=session, email__iexact=customer.email)
    found = Invitation.objects.filter(theirs)
    forget_details(KIND, [*found.values_list("pk", flat=True)])
    found.update(email="")
