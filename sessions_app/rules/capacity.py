"""The maximum number of customers a CSR helps at one time (S38), kept true under any interleaving.

A slot is taken by one conditional UPDATE: the database decides which of two joins gets the last one. Callers hold the
session's row; whoever touches two desks locks them in the order of their keys.
"""

from django.db.models import F

from sessions_app.models import CsrDesk, Participant
from supportcenter.accounts.policy import customer_maximum


def take_slots(user, policy, slots=1):
    """Seat `slots` customers at the CSR's desk; False if that would exceed the maximum."""
    maximum = customer_maximum(policy, user.privileges).number
    CsrDesk.objects.get_or_create(user=user)
    room = CsrDesk.objects.filter(user=user, customers__lte=maximum - slots)
    return room.update(customers=F("customers") + slots) == 1


def release_slots(user, slots=1):
    CsrDesk.objects.filter(user=user).update(customers=F("customers") - slots)


def move_slots(giver, taker, policy, slots):
    """Give `slots` customers into another CSR's care; False, and nothing moved, if there is no room (E10)."""
    for user in sorted([giver, taker], key=lambda user: user.pk):
        CsrDesk.objects.get_or_create(user=user)
        CsrDesk.objects.select_for_update().get(user=user)
    if not take_slots(taker, policy, slots):
        return False
    release_slots(giver, slots)
    return True


def slots_in(session):
    """How many slots of its primary the session takes: its present customers, those in the lobby included."""
    return Participant.objects.filter(session=session).customers().present().count()
