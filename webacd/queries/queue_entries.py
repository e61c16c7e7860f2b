"""The entries of a queue, as lists show them and as its length is counted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from supportcenter.reporting.first_rows import FirstRows, first_rows
from webacd.models import Agent, Queue, QueueEntry, SupportRequest
from webacd.models.queue import QueueQuerySet
from webacd.queries.first_of_each import CountUpTo
from webacd.queries.positions import FARTHEST, behind, first_entries, position_of

# Rows of all queues together on the monitor, and of one queue on its page. Of many queues each shows its first ones,
# and its heading counts as a row.
SHOWN, QUEUES_SHOWN, FEWEST = 50, 25, 1
PICKABLE_QUEUES, PICKABLE = 20, 10
# To which a customer can be moved.
TARGETS = 50
LINE = ["pk", "length", "longest"]


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
    busy = first_rows(queues.filter(Exists(QueueEntry.objects.filter(queue=OuterRef("pk")))), QUEUES_SHOWN)
    found = FirstRows(_with_entries(busy, max(FEWEST, SHOWN // max(1, len(busy)) - 1)), QUEUES_SHOWN)
    found.has_more = busy.has_more
    return found


def _with_entries(queues: Iterable[Queue], most: int) -> list[tuple[Queue, FirstRows[QueueEntry]]]:
    entries = first_entries(Queue.objects.filter(pk__in=[queue.pk for queue in queues]), most + 1)
    return [(queue, FirstRows(entries.get(queue.pk, ()), most)) for queue in queues]


def targets_of(request: SupportRequest) -> QueueQuerySet:
    """To which queues a customer who waits can be moved."""
    others = Queue.objects.exclude(pk=request.queue_id) if request.queue_id else Queue.objects.all()
    return others.filter(is_active=True)[:TARGETS]


def pickable_by_queue(agent: Agent) -> list[tuple[Queue, FirstRows[QueueEntry]]]:
    """Each of the agent's queues that allows cherry-picking, with its first entries (acd 13)."""
    queues = Queue.objects.filter(memberships__agent=agent, cherry_picking=True, is_active=True)[:PICKABLE_QUEUES]
    return _with_entries(list(queues), PICKABLE)


def waiting_for(agent: Agent) -> int:
    """How many requests wait in the agent's queues, counting up to FARTHEST + 1."""
    return QueueEntry.objects.filter(queue__memberships__agent=agent)[: FARTHEST + 1].count()


def has_room(queue: Queue) -> bool:
    """Whether fewer requests wait than the queue allows; counting stops there."""
    limit = queue.maximum_length
    return not limit or QueueEntry.objects.filter(queue=queue)[:limit].count() < limit


@dataclass(frozen=True)
class Line:
    """How many requests wait in a queue, counting up to FARTHEST + 1, and since when the longest waiting one."""

    length: int
    longest: datetime | None


def lines_of(queues: Collection[int]) -> dict[int, Line]:
    """Who waits in each queue; one that is gone meanwhile has an empty line."""
    waiting = QueueEntry.objects.filter(queue=OuterRef("pk"))
    longest = Subquery(waiting.order_by("since").values("since")[:1])
    found = Queue.objects.order_by().filter(pk__in=queues).annotate(length=CountUpTo(waiting[: FARTHEST + 1]))
    lines = {pk: Line(length, since) for pk, length, since in found.annotate(longest=longest).values_list(*LINE)}
    return {queue: lines.get(queue, Line(0, None)) for queue in queues}
