"""Where a session in transfer goes when no agent takes it (E24).

From chosen agents to the default queue. From a queue to its overflow queue, then to all its agents and managers.
"""

from webacd.actions.entering.queue_entries import move_entry
from webacd.models import Agent, Offer, Queue, QueueEntry, SupportRequest
from webacd.queries.queues import first_open


def fall_back(entry: QueueEntry) -> None:
    """Move a session in transfer on, if no agent is left to ask where it waits. Other requests stay."""
    if not entry.request.is_transfer or entry.escalated:
        return
    if entry.queue is None:
        queue = default_queue(entry.request)
        if queue:
            move_entry(entry, queue)
    elif not _has_agents_left(entry, entry.queue):
        escalate(entry)


def escalate(entry: QueueEntry) -> None:
    """Move the entry to the overflow queue, once, else offer it to all agents and managers of its own."""
    overflow = entry.open_overflow
    if overflow:
        move_entry(entry, overflow, overflowed=True)
    elif entry.queue:
        move_entry(entry, entry.queue, escalated=True)


def default_queue(request: SupportRequest) -> Queue | None:
    """The site's default queue, else the queue that the session came from, if it is open."""
    return first_open([Queue.objects.default(), request.entry_queue])


def _has_agents_left(entry: QueueEntry, queue: Queue) -> bool:
    """Whether an available agent of the queue, other than the transferor, has not been asked yet."""
    asked = Offer.objects.in_vain().filter(request=entry.pk, made_at__gte=entry.in_queue_since)
    available = Agent.objects.in_queue(queue).active().filter(status="available")
    return available.exclude(pk__in=asked.values("agent")).exclude(pk=entry.not_for_id or 0).exists()
