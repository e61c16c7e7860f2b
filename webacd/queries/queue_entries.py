"""The entries of a queue, as lists show them and as its length is counted."""

from collections.abc import Iterable
from typing import Any

from supportcenter.reporting.first_rows import FirstRows, first_rows
from webacd.models import Agent, Queue, QueueEntry
from webacd.models.queue import QueueQuerySet
from webacd.queries.positions import FARTHEST, behind, position_of

# Rows of all queues together on the monitor, and of one queue on its page. Of many queues each shows its first ones.
SHOWN, QUEUES_SHOWN, FEWEST = 50, 25, 2
PICKABLE_QUEUES, PICKABLE = 20, 10
# To which a customer can be moved.
TARGETS = 50


def entries_in(queue: Queue, *, most: int = SHOWN, after: QueueEntry | None = None) -> FirstRows[QueueEntry]:
    """The first entries of the queue, in order, or the first ones behind the entry `after`."""
    entries = behind(after) if after else QueueEntry.objects.filter(queue=queue)
    return first_rows(entries.in_order().select_related("request__session"), most)


def page_of_queue(queue: Queue, after: int) -> dict[str, Any]:
    """The page of the queue behind the entry `after`, or its first one, and the position it begins with."""
    entry = QueueEntry.objects.filter(queue=queue, pk=after).first()
    return {"queue": queue, "entries": entries_in(queue, after=entry), "ahead": position_of(entry) if entry else 0}


def waiting_by_queue(queues: QueueQuerySet) -> FirstRows[tuple[Queue, FirstRows[QueueEntry]]]:
    """Each queue in which customers wait, with its first entries: so many in all that the monitor stays small."""
    waited_in = QueueEntry.objects.order_by().values("queue")
    busy = first_rows(queues.filter(pk__in=waited_in), QUEUES_SHOWN)
    most = max(FEWEST, SHOWN // max(1, len(busy)))
    found = FirstRows([(queue, entries_in(queue, most=most)) for queue in busy], QUEUES_SHOWN)
    found.has_more = busy.has_more
    return found


def targets() -> QueueQuerySet:
    return Queue.objects.filter(is_active=True)[:TARGETS]


def pickable_by_queue(agent: Agent) -> list[tuple[Queue, FirstRows[QueueEntry]]]:
    """Each of the agent's queues that allows cherry-picking, with its first entries (acd 13)."""
    queues = Queue.objects.filter(memberships__agent=agent, cherry_picking=True, is_active=True)[:PICKABLE_QUEUES]
    return [(queue, entries_in(queue, most=PICKABLE)) for queue in queues]


def has_room(queue: Queue) -> bool:
    """Whether fewer requests wait than the queue allows; counting stops there."""
    limit = queue.maximum_length
    return not limit or QueueEntry.objects.filter(queue=queue)[:limit].count() < limit


def queue_lengths(queues: Iterable[int]) -> dict[int, int]:
    """How many requests wait in each queue; counting stops beyond FARTHEST."""
    return {queue: QueueEntry.objects.filter(queue=queue)[: FARTHEST + 1].count() for queue in queues}
