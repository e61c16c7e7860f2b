"""Where a relinquished session goes when those it was meant for do not take it (E24).

Chosen agents: the default queue. A queue: its overflow queue, then everybody in it and its managers.
"""

from webacd.actions.entering.queue_entries import move_to
from webacd.models import Offer, Queue

IN_VAIN = [Offer.State.DECLINED, Offer.State.UNANSWERED]


def fall_back(place):
    """Send a transferred request on, if nobody is left to ask where it waits; others keep their line."""
    if not place.request.is_transfer or place.escalated:
        return
    if place.queue is None:
        queue = default_queue(place.request)
        if queue:
            move_to(place, queue)
    elif not _somebody_left(place):
        escalate(place)


def escalate(place):
    overflow = place.queue.overflow_queue
    if overflow and not place.overflowed and overflow.is_open():
        move_to(place, overflow, overflowed=True)
    else:
        move_to(place, place.queue, escalated=True)


def default_queue(request):
    """The site's default queue, or the one the session came from, if it is open."""
    candidates = [Queue.objects.filter(is_default=True).first(), request.entry_queue]
    return next((queue for queue in candidates if queue and queue.is_open()), None)


def _somebody_left(place):
    """Whether anybody available in the queue has not been asked yet, the transferor aside."""
    asked = Offer.objects.filter(request=place.pk, state__in=IN_VAIN, made_at__gte=place.in_queue_since)
    available = place.queue.agents.active().filter(status="available")
    return available.exclude(pk__in=asked.values("agent")).exclude(pk=place.not_for_id or 0).exists()
