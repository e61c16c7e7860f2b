"""The position of an entry in its queue, read without counting the whole queue."""

from datetime import datetime, timedelta

from django.db.models import Q

from supportcenter import clock
from webacd.engine.estimates import minutes_range
from webacd.models import Queue, QueueEntry, SupportRequest
from webacd.models.queue_entry import QueueEntryQuerySet

# Beyond this the exact number does not matter, and counting it would be expensive.
FARTHEST = 999
# The pace of a queue is read from its latest accepts.
ACCEPTS, ACCEPTED_WITHIN = 20, timedelta(hours=1)


def position_of(entry: QueueEntry) -> int:
    """1 is next; FARTHEST + 1 means "farther than that"."""
    return 1 + _ahead_of(entry)[:FARTHEST].count()


def latest_accepts(queue: Queue) -> list[datetime]:
    """When the latest requests of this queue were accepted, the newest first."""
    since = clock.now() - ACCEPTED_WITHIN
    accepted = SupportRequest.objects.filter(queue=queue, outcome="answered", outcome_at__gte=since)
    moments = accepted.order_by("-outcome_at").values_list("outcome_at", flat=True)[:ACCEPTS]
    return [moment for moment in moments if moment]


def range_for(queue: Queue, position: int) -> tuple[int, int] | None:
    return minutes_range(position, latest_accepts(queue))


def behind(entry: QueueEntry) -> QueueEntryQuerySet:
    """The entries of the same queue whose turn comes after this one's."""
    after = (
        Q(priority__lt=entry.priority)
        | Q(priority=entry.priority, since__gt=entry.since)
        | Q(priority=entry.priority, since=entry.since, pk__gt=entry.pk)
    )
    return QueueEntry.objects.filter(after, queue=entry.queue_id)


def _ahead_of(entry: QueueEntry) -> QueueEntryQuerySet:
    before = (
        Q(priority__gt=entry.priority)
        | Q(priority=entry.priority, since__lt=entry.since)
        | Q(priority=entry.priority, since=entry.since, pk__lt=entry.pk)
    )
    return QueueEntry.objects.filter(before, queue=entry.queue_id)
