"""Which queues a page offers."""

from webacd.models import Queue


def open_queues():
    """The queues whose entry link works now."""
    return [queue for queue in Queue.objects.filter(is_active=True).with_timetable() if queue.is_open()]


def managed_queues(user):
    return Queue.objects.managed_by(user).distinct()
