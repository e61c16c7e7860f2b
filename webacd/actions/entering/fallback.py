"""Where a relinquished session goes when those it was meant for do not take it (E24).

Chosen agents: the default queue. A queue: its overflow queue, then everybody in it and its managers.
"""

from webacd.actions.entering.queue_entries import move_entry
from webacd.models import Offer, Queue
from webacd.queries.queues import first_open


def fall_back(entry):
    """Send a transferred request on, if nobody is left to ask where it waits; others keep their line."""
    if not entry.request.is_transfer or entry.escalated:
        return
    if entry.queue is None:
        queue = default_queue(entry.request)
        if queue:
            move_entry(entry, queue)
    elif not _somebody_left(entry):
        escalate(entry)


def escalate(entry):
    overflow = entry.open_overflow
    if overflow:
        move_entry(entry, overflow, overflowed=True)
    else:
        move_entry(entry, entry.queue, escalated=True)


def default_queue(request):
    """The site's default queue, or the one the session came from, if it is open."""
    return first_open([Queue.objects.default(), request.entry_queue])


def _somebody_left(entry):
    """Whether anybody available in the queue has not been asked yet, the transferor aside."""
    asked = Offer.objects.in_vain().filter(request=entry.pk, made_at__gte=entry.in_queue_since)
    available = entry.queue.agents.active().filter(status="available")
    return available.exclude(pk__in=asked.values("agent")).exclude(pk=entry.not_for_id or 0).exists()
