"""Sign-ins, and what else Django keeps for a browser, of which nothing is left but the row."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from supportcenter.accounts.signed_out import TOLD_FOR

# Rows that one run deletes, and one statement: no writer waits for long.
MOST, AT_ONCE = 50_000, 1_000


def delete_sign_ins_that_are_over(now: datetime) -> int:
    """Delete what expired a day before `now`, in small pieces; return how many rows. The next run takes what is left.

    Until then a row can say why it is over; what was shown of its browser goes at once.
    """
    _forget_browsers(now)
    deleted = 0
    while deleted < MOST:
        over = Session.objects.filter(expire_date__lt=now - TOLD_FOR).values_list("pk", flat=True)[:AT_ONCE]
        found, _ = Session.objects.filter(pk__in=list(over)).delete()
        if not found:
            break
        deleted += found
    return deleted


def _forget_browsers(now: datetime) -> None:
    holds = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    deleted = 0
    while deleted < MOST:
        over = UserSession.objects.filter(~Exists(holds)).values_list("pk", flat=True)[:AT_ONCE]
        found, _ = UserSession.objects.filter(pk__in=list(over)).delete()
        if not found:
            return
        deleted += found
