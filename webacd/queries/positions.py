"""The position of an entry in its queue, read without counting the whole queue."""

from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q

from supportcenter import clock
from supportcenter.kept_sql import OneOf
from webacd.engine.estimates import minutes_range
from webacd.models import Queue, QueueEntry, SupportRequest
from webacd.models.queue import QueueQuerySet
from webacd.models.queue_entry import QueueEntryQuerySet
from webacd.queries.first_of_each import flat, with_first_keys

# Beyond this the exact number does not matter, and counting it would be expensive.
FARTHEST = 999
# The pace of a queue is read from its latest accepts.
ACCEPTS, ACCEPTED_WITHIN = 20, timedelta(hours=1)


def position_of(entry: QueueEntry) -> int:
    """1 is next; FARTHEST + 1 means "farther than that"."""
    return 1 + _ahead_of(entry)[:FARTHEST].count()


def latest_accepts(queues: QueueQuerySet) -> dict[int, list[datetime]]:
    """When the latest requests of each queue were accepted."""
    since = clock.now() - ACCEPTED_WITHIN
    accepted = SupportRequest.objects.filter(queue=OuterRef("pk"), outcome="answered", outcome_at__gte=since)
    keys = dict(with_first_keys(queues, accepted.order_by("-outcome_at"), ACCEPTS))
    rows = SupportRequest.objects.filter(OneOf(F("pk"), flat(keys.items()))).order_by()
    moments = {pk: at for pk, at in rows.values_list("pk", "outcome_at") if at}
    return {queue: [moments[key] for key in found if key in moments] for queue, found in keys.items()}


def range_for(queue: Queue, position: int) -> tuple[int, int] | None:
    return minutes_range(position, latest_accepts(Queue.objects.filter(pk=queue.pk)).get(queue.pk, []))


def first_entries(queues: QueueQuerySet, most: int) -> dict[int, list[QueueEntry]]:
    """The first entries of each queue in which somebody waits, in order, with their requests and sessions."""
    keys = flat(with_first_keys(queues, QueueEntry.objects.filter(queue=OuterRef("pk")).in_order(), most))
    entries = QueueEntry.objects.filter(OneOf(F("pk"), keys)).select_related("request__session")
    found: dict[int, list[QueueEntry]] = {}
    for entry in sorted(entries, key=_place):
        if entry.queue_id:
            found.setdefault(entry.queue_id, []).append(entry)
    return found


def _place(entry: QueueEntry) -> tuple[int, datetime, int]:
    return -entry.priority, entry.since, entry.pk


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
