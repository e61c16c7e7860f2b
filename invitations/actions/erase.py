from django.db.models import Q

from invitations.models import Invitation
from sessions_app.models import Participant, SupportSession


def erase_address(session: SupportSession, customer: Participant) -> None:
    """Erase the address that a customer was invited at, and what the mail server said about it (E44)."""
    theirs = Q(participant=customer)
    if customer.email:
        theirs |= Q(session=session, email__iexact=customer.email)
    Invitation.objects.filter(theirs).update(email="", failure_detail="")
