"""What managers do by hand (acd 13). Taking a customer is `accept.pick`, setting an agent away `agents.set_status`."""

from django.db import transaction

from supportcenter.refusals import require
from webacd.actions.entering.queue_entries import lock_waiting, move_entry, withdraw_offers
from webacd.errors import NotAManager, QueueClosed
from webacd.queries.queues import queue_in_use
from webacd.rules.permissions import may_manage_queue


@transaction.atomic
def move_request(request, queue, *, by):
    """Move a waiting customer into another queue; the time waited comes along.

    Raises NotAManager, TakenBy, RequestOver, QueueUnknown, QueueClosed. The same queue changes nothing.
    """
    queue = queue_in_use(queue)
    entry = lock_waiting(request)
    require(entry.queue is None or may_manage_queue(by, entry.queue), NotAManager)
    require(queue.is_open(), QueueClosed)
    if entry.queue_id != queue.pk:
        withdraw_offers(entry)
        move_entry(entry, queue)
