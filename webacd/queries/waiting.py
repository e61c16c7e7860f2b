"""What a waiting customer's page shows."""

from typing import Any

from sessions_app.models import SupportSession
from webacd.models import QueueEntry, SupportRequest
from webacd.queries.positions import FARTHEST, position_of, range_for


def waiting_status(request: SupportRequest) -> dict[str, Any]:
    """The customer's position and estimated wait; None for what is not known (acd 8)."""
    entry = QueueEntry.objects.filter(pk=request.pk).select_related("queue").first()
    if entry is None or entry.queue is None:
        return {"waiting": request, "queue": None, "position": None, "minutes": None}
    position = request.shown_position or position_of(entry)
    far = position > FARTHEST
    minutes = None if far else range_for(entry.queue, position)
    return {"waiting": request, "queue": entry.queue, "position": None if far else position, "minutes": minutes}


def status_in_transfer(session: SupportSession) -> dict[str, Any] | None:
    """The same for the customer of a session that waits for its next representative; None for any other session."""
    if not session.is_in_transfer:
        return None
    request = SupportRequest.objects.waiting().filter(session=session).first()
    return waiting_status(request) if request else None
