"""A customer comes to a queue by its entry form."""

import secrets

from django.db import transaction

from sessions_app.errors import NameTaken
from sessions_app.models.participant import digest
from supportcenter import clock
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require
from webacd import events
from webacd.actions.entering.queue_entries import start_waiting
from webacd.actions.entering.waiting import await_return
from webacd.errors import QueueClosed, QueueFull, QueueUnknown
from webacd.models import Queue, SupportRequest
from webacd.queries.queue_entries import has_room
from webacd.rules.permissions import may_be_called

CLOSED, FULL = SupportRequest.Outcome.CLOSED, SupportRequest.Outcome.QUEUE_FULL


def enter_queue(queue, *, name, email="", language="en", answers=(), secret=""):
    """Give the customer a place in the line; returns the request and the secret that the browser keeps.

    `secret` is what a repeat of the same press brings again: it leads to the place that there is.
    A full queue sends on to its overflow queue. Raises QueueUnknown, NameTaken, QueueClosed, QueueFull: who is turned
    away for the last two is on record, with the reason (acd 9).
    """
    who = {"name": name, "email": email, "language": language, "answers": list(answers)}
    try:
        return _enter(queue, secret, who)
    except (QueueClosed, QueueFull) as refusal:
        _note_turned_away(queue, CLOSED if isinstance(refusal, QueueClosed) else FULL, who)
        raise


@transaction.atomic
def _enter(queue, secret, who):
    entry_queue, queue = queue, _locked(queue)
    again = SupportRequest.objects.filter(seat_hash=digest(secret)) if secret else SupportRequest.objects.none()
    if here := again.held().first():
        return here, secret
    require(may_be_called(who["name"], queue), NameTaken)
    queue = _with_room(queue)
    # Who has gone, and enters by the same old form again, gets another place.
    secret = secrets.token_urlsafe(32) if again.exists() or not secret else secret
    request = SupportRequest.objects.create(
        entry_queue=entry_queue, queue=queue, seat_hash=digest(secret), away_since=clock.now(), **who
    )
    record(request.stream, events.request_entered(request), by=request)
    start_waiting(request, queue)
    await_return(request)
    return request, secret


def _locked(queue):
    # Entering is one at a time for a queue, so that its maximum length holds and a repeat finds the first.
    return Queue.objects.select_for_update(of=("self",), no_key=True).select_related("overflow_queue").get(pk=queue.pk)


def _with_room(queue):
    require(queue.is_active, QueueUnknown)
    require(queue.is_open(), QueueClosed)
    if has_room(queue):
        return queue
    overflow = queue.overflow_queue
    require(overflow is not None and overflow.is_open() and has_room(overflow), QueueFull)
    return overflow


@transaction.atomic
def _note_turned_away(queue, outcome, who):
    SupportRequest.objects.create(entry_queue=queue, queue=queue, outcome=outcome, outcome_at=clock.now(), **who)
