"""The entries of a queue, as lists show them and as its length is counted."""

from collections.abc import Iterable

from webacd.models import Agent, Queue, QueueEntry
from webacd.queries.positions import FARTHEST

SHOWN = 50


def entries_in(queue: Queue, *, most: int = SHOWN) -> list[QueueEntry]:
    """The first entries of the queue, in order."""
    return list(QueueEntry.objects.filter(queue=queue).in_order().select_related("request__session")[:most])


def waiting_by_queue(queues: Iterable[Queue]) -> list[tuple[Queue, list[QueueEntry]]]:
    """Each queue in which customers wait, with its first entries."""
    found = [(queue, entries_in(queue)) for queue in queues]
    return [(queue, entries) for queue, entries in found if entries]


def pickable_by_queue(agent: Agent) -> list[tuple[Queue, list[QueueEntry]]]:
    """Each of the agent's queues that allows cherry-picking, with its first entries (acd 13)."""
    queues = Queue.objects.filter(memberships__agent=agent, cherry_picking=True, is_active=True)
    return [(queue, entries_in(queue, most=10)) for queue in queues]


def has_room(queue: Queue) -> bool:
    """Whether fewer requests wait than the queue allows; counting stops there."""
    limit = queue.maximum_length
    return not limit or QueueEntry.objects.filter(queue=queue)[:limit].count() < limit


def queue_lengths(queues: Iterable[int]) -> dict[int, int]:
    """How many requests wait in each queue; counting stops beyond FARTHEST."""
    return {queue: QueueEntry.objects.filter(queue=queue)[: FARTHEST + 1].count() for queue in queues}
