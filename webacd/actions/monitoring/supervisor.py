"""What managers do by hand (acd 13). To take a customer is `accept.pick`; to set an agent away, `agents.set_status`."""

from django.db import transaction

from supportcenter.accounts.models import User
from supportcenter.refusals import require
from webacd.actions.entering.queue_entries import lock_queue_in_use, lock_waiting, move_entry, withdraw_offers
from webacd.errors import NotAManager, QueueClosed
from webacd.models import Queue, SupportRequest
from webacd.rules.permissions import may_manage_queue


@transaction.atomic
def move_request(request: SupportRequest, queue: Queue | None, *, by: User) -> None:
    """Move a waiting customer to another queue; the time waited so far still counts (acd 1).

    The same queue changes nothing. Raises NotAManager, TakenBy, RequestOver, QueueUnknown, QueueClosed.
    """
    target = lock_queue_in_use(queue)
    entry = lock_waiting(request)
    require(entry.queue is None or may_manage_queue(by, entry.queue), NotAManager)
    require(target.is_open(), QueueClosed)
    if entry.queue_id != target.pk:
        withdraw_offers(entry)
        move_entry(entry, target)
