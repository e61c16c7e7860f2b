"""Telling waiting customers where they stand, on change, at most every 2 s (acd 8)."""

from datetime import timedelta

from supportcenter.live.delivery import transport
from webacd.actions.notify import board_changed
from webacd.engine.estimates import minutes_range, shown_position
from webacd.events import POSITION_TOLD
from webacd.models import Queue, QueueEntry, SupportRequest
from webacd.queries.positions import latest_accepts

# The estimate changes while nothing happens.
AGAIN = timedelta(seconds=15)
# Who stands farther back is told when he comes nearer.
TOLD = 100


def tell_positions() -> bool:
    """Tell those near the head of each line what has changed for them; true if anybody waits at all."""
    anybody = False
    for queue in Queue.objects.all():
        entries = list(QueueEntry.objects.filter(queue=queue).in_order().select_related("request__session")[:TOLD])
        anybody = anybody or bool(entries)
        if queue.cherry_picking:
            _tell_pickers(queue)
        if entries:
            _tell_waiting(entries, latest_accepts(queue))
    return anybody


def _tell_pickers(queue):
    """Who may pick sees the line."""
    board_changed(*(agent.stream for agent in queue.agents.signed_in()))


def _tell_waiting(entries, accepts):
    overtaken_below = entries[0].priority
    for actual, entry in enumerate(entries, start=1):
        request = entry.request
        shown = shown_position(request.shown_position, actual, overtaken=entry.priority < overtaken_below)
        if shown != request.shown_position:
            SupportRequest.objects.filter(pk=request.pk).update(shown_position=shown)
        _tell(request, {"position": shown, "minutes": minutes_range(shown, accepts)})


def _tell(request, told):
    stream = request.session.stream if request.session_id else request.stream
    transport.send_signal(stream, None, POSITION_TOLD, told, None)
