"""How the outbox is: what an admin asks first when somebody has got no mail."""

from datetime import datetime, timedelta
from typing import NamedTuple

from supportcenter import clock
from supportcenter.mail.models import Delivery

# Counted up to here, and then told as so many or more.
MOST = 1000
RECENTLY = timedelta(hours=24)


class OutboxState(NamedTuple):
    """`waiting` and `lost` are `MOST` where there are as many or more."""

    waiting: int
    # Since when the one waits that has waited for longest.
    waiting_since: datetime | None
    # In the last 24 hours.
    lost: int


def outbox_state() -> OutboxState:
    """Three statements, each by an index of the few rows that it is about."""
    pending = Delivery.objects.pending().order_by("created_at")
    first = pending.values_list("created_at", flat=True).first()
    lost = Delivery.objects.lost_since(clock.now() - RECENTLY)
    return OutboxState(pending[:MOST].count(), first, lost.order_by()[:MOST].count())


def last_of(kind: str, subject: int) -> Delivery | None:
    """The latest message of this kind about the row; found by the index that tells sendings apart."""
    return Delivery.objects.filter(kind=kind, subject=subject).order_by("-pk").first()
