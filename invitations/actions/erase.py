from django.db.models import Q

from invitations.models import Invitation
from sessions_app.rules.erasure_hooks import erases_traces


@erases_traces
def erase_address(session, customer):
    """The address that a customer was invited by, and what the mail server said of it (E44)."""
    his = Q(participant=customer)
    if customer.email:
        his |= Q(session=session, email__iexact=customer.email)
    Invitation.objects.filter(his).update(email="", failure_detail="")
