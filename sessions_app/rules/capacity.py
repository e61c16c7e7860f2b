"""The maximum number of customers that a CSR helps at one time (S38), under any concurrency.

A slot is taken by one conditional UPDATE, so the database decides which of two joins gets the last one. Callers hold
the lock of the session's row. Two desks are locked in the order of their users' keys.
"""

from django.db.models import F

from sessions_app.models import CsrDesk, Participant, SupportSession
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.accounts.policy import customer_maximum


def take_slots(user: User, policy: SitePolicy, slots: int = 1) -> bool:
    """Count `slots` more customers for the CSR; False, and none, if that would exceed the maximum."""
    maximum = customer_maximum(policy, user.privileges).number
    CsrDesk.objects.get_or_create(user=user)
    room = CsrDesk.objects.filter(user=user, customers__lte=maximum - slots)
    return room.update(customers=F("customers") + slots) == 1


def release_slots(user: User, slots: int = 1) -> None:
    CsrDesk.objects.filter(user=user).update(customers=F("customers") - slots)


def move_slots(giver: User, taker: User, policy: SitePolicy, slots: int) -> bool:
    """Move `slots` customers to another CSR; False, and none moved, if that would exceed the maximum (E10)."""
    for user in sorted([giver, taker], key=lambda user: user.pk):
        CsrDesk.objects.get_or_create(user=user)
        CsrDesk.objects.select_for_update().get(user=user)
    if not take_slots(taker, policy, slots):
        return False
    release_slots(giver, slots)
    return True


def slots_in(session: SupportSession) -> int:
    """How many of its primary's slots the session takes: its present customers, those in the lobby included."""
    return Participant.objects.filter(session=session).customers().present().count()
