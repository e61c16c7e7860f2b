from invitations.models import Invitation
from sessions_app.models import Participant


def invited_addresses(customers: list[Participant]) -> dict[int, str]:
    """Where each of these has read the invitation that they joined by, by their keys.

    One that went out with the representative's own program may have been sent to another address than was typed here.
    """
    by_mail = Invitation.objects.filter(participant__in=customers, channel=Invitation.Channel.EMAIL).exclude(email="")
    return dict(by_mail.order_by("pk").values_list("participant", "email"))
