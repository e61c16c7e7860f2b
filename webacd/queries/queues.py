"""Which queues there are for a page, a manager, or a request that is sent on."""

from webacd.errors import QueueUnknown
from webacd.models import Queue


def open_queues():
    """The queues whose entry link works now."""
    return [queue for queue in Queue.objects.filter(is_active=True).with_timetable() if queue.is_open()]


def queue_in_use(queue):
    """The queue as it is now, if it exists and is in use. Raises QueueUnknown."""
    found = Queue.objects.filter(pk=queue.pk, is_active=True).first() if queue else None
    if found is None:
        raise QueueUnknown
    return found


def first_open(queues):
    return next((queue for queue in queues if queue and queue.is_open()), None)


def managed_queues(user):
    return Queue.objects.managed_by(user).distinct()
