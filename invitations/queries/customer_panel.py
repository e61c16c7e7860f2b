"""By which invitation a customer has come (E62)."""

from invitations.models import Invitation
from sessions_app.models import Participant


def invitation_of(customer: Participant) -> Invitation | None:
    """The latest that they used. Of those who came before it was noted how, it is asked as well."""
    if customer.is_erased or customer.came_by not in {"", Participant.CameBy.INVITATION}:
        return None
    return Invitation.objects.filter(participant=customer).select_related("invited_by").first()
