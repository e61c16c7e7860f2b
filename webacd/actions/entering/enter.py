"""A customer enters a queue by its entry form."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from sessions_app.rules.names import require_own_name
from supportcenter import clock
from supportcenter.browser_secrets import digest
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require
from webacd import events
from webacd.actions.entering.queue_entries import lock_queue, start_waiting
from webacd.actions.entering.waiting import await_return
from webacd.errors import QueueClosed, QueueFull, QueueUnknown
from webacd.models import Queue, QueueEntry, SupportRequest
from webacd.queries.queue_entries import has_room

Answer = dict[str, Any]
CLOSED, FULL = SupportRequest.Outcome.CLOSED, SupportRequest.Outcome.QUEUE_FULL


def enter_queue(
    queue: Queue,
    *,
    name: str,
    email: str = "",
    language: str = "en",
    answers: Iterable[Answer] = (),
    secret: str = "",
    priority: int = QueueEntry.NEW,
) -> tuple[SupportRequest, str]:
    """Have a customer wait in the queue, or in its overflow queue if it is full.

    Returns the request, and the secret by which the browser proves that it is theirs. Repeating the same press brings
    the same `secret` and returns the request that exists. The `priority` is for the first request by that secret; one
    that comes after it is as new as any other. Raises QueueUnknown, NameReserved, NameTaken, QueueClosed,
    QueueFull; for the last two the customer is on record, with the reason (acd 9).
    """
    who = {"name": name, "email": email, "language": language, "answers": list(answers)}
    try:
        return take_place(queue, secret, who, priority)
    except (QueueClosed, QueueFull) as refusal:
        note_turned_away(queue, refusal, who)
        raise


@transaction.atomic
def take_place(queue: Queue, secret: str, who: dict[str, Any], priority: int) -> tuple[SupportRequest, str]:
    """The same as part of another transaction, and without the record of a customer who is turned away."""
    # Customers enter a queue one at a time, so that its maximum length holds and a repeat finds the first request.
    entry_queue, queue = queue, lock_queue(queue)
    again = SupportRequest.objects.filter(seat_hash=digest(secret)) if secret else SupportRequest.objects.none()
    if here := again.held().first():
        return here, secret
    agents = queue.agents.filter(user__is_active=True).select_related("user")
    require_own_name(who["name"], [agent.display_name for agent in agents])
    queue = _with_room(queue)
    # A customer who left, and enters by the same old form again, makes a new request.
    if again.exists():
        secret, priority = "", QueueEntry.NEW
    secret = secret or secrets.token_urlsafe(32)
    request = SupportRequest.objects.create(
        entry_queue=entry_queue, queue=queue, seat_hash=digest(secret), away_since=clock.now(), **who
    )
    record(request.stream, events.request_entered(request), by=request)
    start_waiting(request, queue, priority=priority)
    await_return(request)
    return request, secret


def _with_room(queue: Queue) -> Queue:
    require(queue.is_active, QueueUnknown)
    require(queue.is_open(), QueueClosed)
    if has_room(queue):
        return queue
    overflow = queue.overflow_queue
    if overflow is None or not overflow.is_open() or not has_room(overflow):
        raise QueueFull
    return overflow


@transaction.atomic
def note_turned_away(queue: Queue, refusal: QueueClosed | QueueFull, who: dict[str, Any]) -> None:
    """Record the reason, once what refused has been rolled back."""
    outcome = CLOSED if isinstance(refusal, QueueClosed) else FULL
    SupportRequest.objects.create(entry_queue=queue, queue=queue, outcome=outcome, outcome_at=clock.now(), **who)
