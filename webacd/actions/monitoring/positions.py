"""Tell waiting customers their position and estimated wait, when these change, at most every 2 s (acd 8)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from supportcenter.live.delivery import transport
from webacd.actions.notify import board_changed
from webacd.engine.estimates import minutes_range, shown_position
from webacd.events import POSITION_TOLD
from webacd.models import Agent, Queue, QueueEntry, SupportRequest
from webacd.queries.positions import latest_accepts

# The estimate changes with time, even while nothing happens.
AGAIN = timedelta(seconds=15)
# Customers farther back are told when they come nearer.
TOLD = 100


def tell_positions() -> bool:
    """Tell the customers near the head of each queue; true if any customer waits at all."""
    anybody = False
    for queue in Queue.objects.all():
        entries = list(QueueEntry.objects.filter(queue=queue).in_order().select_related("request__session")[:TOLD])
        anybody = anybody or bool(entries)
        if queue.cherry_picking:
            _tell_pickers(queue)
        if entries:
            _tell_waiting(entries, latest_accepts(queue))
    return anybody


def _tell_pickers(queue: Queue) -> None:
    """Have the inboxes of agents who can pick from the queue read it again."""
    board_changed(*(agent.stream for agent in Agent.objects.in_queue(queue).signed_in()))


def _tell_waiting(entries: Sequence[QueueEntry], accepts: Sequence[datetime]) -> None:
    overtaken_below = entries[0].priority
    for actual, entry in enumerate(entries, start=1):
        request = entry.request
        shown = shown_position(request.shown_position, actual, overtaken=entry.priority < overtaken_below)
        if shown != request.shown_position:
            SupportRequest.objects.filter(pk=request.pk).update(shown_position=shown)
        _tell(request, {"position": shown, "minutes": minutes_range(shown, accepts)})


def _tell(request: SupportRequest, told: dict[str, Any]) -> None:
    stream = request.session.stream if request.session else request.stream
    transport.send_signal(stream, None, POSITION_TOLD, told, None)
