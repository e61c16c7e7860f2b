"""Where somebody stands in a line, read without counting the line."""

from datetime import timedelta

from django.db.models import Q

from supportcenter import clock
from webacd.engine.estimates import minutes_range
from webacd.models import QueueEntry, SupportRequest

# Beyond this it does not matter, and counting on would cost.
FARTHEST = 999
ANSWERS, ANSWERED_WITHIN = 20, timedelta(hours=1)


def position_of(entry) -> int:
    """1 is next; FARTHEST + 1 means farther than that."""
    return 1 + _ahead_of(entry)[:FARTHEST].count()


def latest_answers(queue):
    since = clock.now() - ANSWERED_WITHIN
    answered = SupportRequest.objects.filter(queue=queue, outcome="answered", outcome_at__gte=since)
    return list(answered.order_by("-outcome_at").values_list("outcome_at", flat=True)[:ANSWERS])


def range_for(queue, position):
    return minutes_range(position, latest_answers(queue))


def _ahead_of(entry):
    before = (
        Q(priority__gt=entry.priority)
        | Q(priority=entry.priority, since__lt=entry.since)
        | Q(priority=entry.priority, since=entry.since, pk__lt=entry.pk)
    )
    return QueueEntry.objects.filter(before, queue=entry.queue_id)
