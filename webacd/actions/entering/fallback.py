"""Where a relinquished session goes when those it was meant for do not take it (E24).

Chosen agents: the default queue. A queue: its overflow queue, then everybody in it and its managers.
"""

from webacd.actions.entering.queue_entries import move_entry
from webacd.models import Offer, Queue

IN_VAIN = [Offer.State.DECLINED, Offer.State.UNANSWERED]


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
    overflow = entry.queue.overflow_queue
    if overflow and not entry.overflowed and overflow.is_open():
        move_entry(entry, overflow, overflowed=True)
    else:
        move_entry(entry, entry.queue, escalated=True)


def default_queue(request):
    """The site's default queue, or the one the session came from, if it is open."""
    candidates = [Queue.objects.filter(is_default=True).first(), request.entry_queue]
    return next((queue for queue in candidates if queue and queue.is_open()), None)


def _somebody_left(entry):
    """Whether anybody available in the queue has not been asked yet, the transferor aside."""
    asked = Offer.objects.filter(request=entry.pk, state__in=IN_VAIN, made_at__gte=entry.in_queue_since)
    available = entry.queue.agents.active().filter(status="available")
    return available.exclude(pk__in=asked.values("agent")).exclude(pk=entry.not_for_id or 0).exists()
