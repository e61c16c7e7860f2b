from invitations.models import Invitation
from sessions_app.models import Participant
from supportcenter.mail.models import State

# What a mail server has taken, and no server or recipient has turned away since, as far as is known.
TAKEN = {State.SENT, State.DEFERRED, State.DELIVERED}


def invited_addresses(customers: list[Participant]) -> dict[int, str]:
    """Of those who typed the address that the site mailed their invitation to: that address, by their keys.

    It is no proof that it was read there, for the representative who invited them has the link too. It takes two who
    name the same address, the representative and the customer, and a mail server that took the invitation. One that
    went out with the representative's own program may have been sent elsewhere; a delivery that is deleted says nothing
    any more.
    """
    typed = {one.pk: one.email for one in customers if one.email}
    by_mail = Invitation.objects.filter(participant__in=typed, channel=Invitation.Channel.EMAIL)
    taken = by_mail.filter(delivery__sent_at__isnull=False, delivery__state__in=TAKEN)
    pairs = taken.order_by("pk").values_list("participant", "email")
    return {pk: typed[pk] for pk, email in pairs if email.casefold() == typed[pk].casefold()}
