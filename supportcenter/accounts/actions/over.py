"""Sign-ins, and what else Django keeps for a browser, of which nothing is left but the row."""

from datetime import datetime

from django.contrib.sessions.models import Session

# Rows that one run deletes, and one statement: no writer waits for long.
MOST, AT_ONCE = 50_000, 1_000


def delete_sign_ins_that_are_over(now: datetime) -> int:
    """Delete what expired before `now`, in small pieces; return how many rows. The next run takes what is left."""
    deleted = 0
    while deleted < MOST:
        over = Session.objects.filter(expire_date__lt=now).values_list("pk", flat=True)[:AT_ONCE]
        found, _ = Session.objects.filter(pk__in=list(over)).delete()
        if not found:
            break
        deleted += found
    return deleted
