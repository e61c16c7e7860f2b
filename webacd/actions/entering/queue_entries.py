"""Coming into a line and leaving it: what all the ways in and out share. Callers hold the request's row.

Everywhere rows are locked in one order: session, request, entry, person, agent, then the streams by name.
"""

from supportcenter import clock
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record, record_all
from supportcenter.refusals import require
from webacd import events
from webacd.actions.notify import board_changed, route_soon, tell_positions_soon
from webacd.errors import RequestOver, TakenBy
from webacd.models import Offer, QueueEntry, SupportRequest


def lock_waiting(request):
    """Lock the request and its entry; `entry.request` is the locked one. Raises TakenBy, RequestOver."""
    request = request.locked()
    if request.outcome == SupportRequest.Outcome.ANSWERED and request.answered_by:
        raise TakenBy(request.answered_by.display_name)
    require(request.is_waiting, RequestOver)
    return _lock_entry(request)


def lock_if_waiting(request):
    """The same for what happens to a request only while it waits; None if it waits no more."""
    request = request.locked()
    return _lock_entry(request) if request.is_waiting else None


def _lock_entry(request):
    entry = QueueEntry.objects.select_for_update(of=("self",)).select_related("queue").get(pk=request.pk)
    entry.request = request
    return entry


def start_waiting(request, queue, *, priority=QueueEntry.NEW, customers=1, not_for=None, not_for_until=None):
    """Give a new request its place, by its arrival at the site, and whatever deadline the queue has."""
    entry = QueueEntry.objects.create(
        request=request,
        queue=queue,
        priority=priority,
        since=request.arrived_at,
        customers=customers,
        not_for=not_for,
        not_for_until=not_for_until,
    )
    if queue:
        schedule_end_of_wait(request, queue)
    _queue_changed()
    return entry


def move_entry(entry, queue, *, escalated=False, overflowed=None):
    """On to another line; the time waited comes along (acd 1)."""
    request = entry.request
    entry.queue, entry.in_queue_since, entry.offered_until = queue, clock.now(), None
    entry.escalated = escalated
    entry.overflowed = entry.overflowed if overflowed is None else overflowed
    entry.save()
    request.queue = queue
    # Another line, another number of people ahead: that is a cause for climbing.
    request.shown_position = None
    request.save(update_fields=["queue", "shown_position"])
    record(request.stream, events.request_moved(request))
    schedule_end_of_wait(request, queue)
    _queue_changed()


def schedule_end_of_wait(request, queue):
    ends_at = queue.wait_ends_at(request)
    if ends_at:
        run_later("webacd.wait_over", due=max(clock.now(), ends_at), request=request.pk)


def release_entry(entry):
    """Nobody is being asked any more: the place may be offered again."""
    if not Offer.objects.running().filter(request=entry.pk).exists():
        entry.offered_until = None
        entry.save(update_fields=["offered_until"])
        route_soon()


def stop_waiting(request, outcome, *, agent=None, accepted=None, by=None):
    """The request waits no more, for this reason; whoever was being asked hears it."""
    QueueEntry.objects.filter(pk=request.pk).delete()
    request.mark_over(outcome, agent=agent)
    over = events.request_answered(request) if accepted else events.request_over(request)
    record(request.stream, over, by=by)
    state = Offer.State.TAKEN if accepted else Offer.State.WITHDRAWN
    taken_by = agent.display_name if agent else ""
    news = [
        (offer.agent.stream, events.offer_over(offer, taken_by=taken_by))
        for offer in close_offers(request, state, but=accepted)
    ]
    if accepted:
        news.append((agent.stream, events.offer_accepted(accepted, request.session)))
    if request.transferred_by and outcome != SupportRequest.Outcome.TAKEN_BACK:
        news.append((f"inbox.{request.transferred_by_id}", events.transfer_over(request)))
    record_news(news, by=by)
    _queue_changed()


def withdraw_offers(entry):
    """Nobody is asked any more, because the request goes elsewhere."""
    ended = close_offers(entry.request, Offer.State.WITHDRAWN)
    record_news([(offer.agent.stream, events.offer_over(offer)) for offer in ended])


def close_offers(request, state, *, but=None, **which):
    """Close the request's open offers; the caller tells their agents."""
    ended = []
    for offer in Offer.objects.open().filter(request=request, **which).select_related("agent__user"):
        if but is None or offer.pk != but.pk:
            offer.mark_over(state)
            ended.append(offer)
    return ended


def record_news(news, *, by=None):
    """Record (stream, event) pairs, if there are any."""
    if news:
        record_all(news, by=by)


def _queue_changed():
    tell_positions_soon()
    board_changed()
    route_soon()
