"""How requests start to wait, move and stop waiting: what all ways into and out of a queue share.

Callers have locked the request. Rows are locked in one order everywhere: session, queue, request, queue entry, user,
agent, then the streams by name.
"""

from datetime import datetime

from supportcenter import clock
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.actor import Actor
from supportcenter.live.log.eventlog import Draft, record, record_all
from supportcenter.refusals import require
from supportcenter.refusals.found import found
from webacd import events
from webacd.actions.notify import board_changed, route_soon, tell_positions_soon
from webacd.errors import QueueUnknown, RequestOver, TakenBy
from webacd.models import Agent, Offer, Queue, QueueEntry, SupportRequest


def lock_waiting(request: SupportRequest) -> QueueEntry:
    """Lock the request and its entry; `entry.request` is the locked one. Raises TakenBy, RequestOver."""
    request = request.locked()
    if request.outcome == SupportRequest.Outcome.ANSWERED and request.answered_by:
        raise TakenBy(request.answered_by.display_name)
    require(request.is_waiting, RequestOver)
    return _lock_entry(request)


def lock_if_waiting(request: SupportRequest) -> QueueEntry | None:
    """The same, but None for a request that no longer waits."""
    request = request.locked()
    return _lock_entry(request) if request.is_waiting else None


def _lock_entry(request: SupportRequest) -> QueueEntry:
    entry = QueueEntry.objects.select_for_update(of=("self",)).select_related("queue").get(pk=request.pk)
    entry.request = request
    return entry


def lock_queue(queue: Queue) -> Queue:
    """Lock the queue, which thus stays until what refers to it is stored. Raises QueueUnknown if it was deleted."""
    rows = Queue.objects.select_for_update(of=("self",), no_key=True).select_related("overflow_queue")
    return found(rows.filter(pk=queue.pk).first(), QueueUnknown)


def lock_queue_in_use(queue: Queue | None) -> Queue:
    """Lock a queue that is in use, as it is now. Raises QueueUnknown."""
    queue = lock_queue(found(queue, QueueUnknown))
    require(queue.is_active, QueueUnknown)
    return queue


def start_waiting(
    request: SupportRequest,
    queue: Queue | None,
    *,
    priority: int = QueueEntry.NEW,
    customers: int = 1,
    not_for: Agent | None = None,
    not_for_until: datetime | None = None,
) -> QueueEntry:
    """Enter a new request into the queue, in the order of arrival at the site, for at most the queue's maximum wait."""
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


def move_entry(entry: QueueEntry, queue: Queue, *, escalated: bool = False, overflowed: bool | None = None) -> None:
    """Move the entry to another queue; the time waited so far still counts (acd 1)."""
    request = entry.request
    entry.queue, entry.in_queue_since, entry.offered_until = queue, clock.now(), None
    entry.escalated, entry.told = escalated, None
    entry.overflowed = entry.overflowed if overflowed is None else overflowed
    entry.save()
    request.queue = queue
    # In another queue the position may be higher than the one shown before.
    request.shown_position = None
    request.save(update_fields=["queue", "shown_position"])
    record(request.stream, events.request_moved(request))
    schedule_end_of_wait(request, queue)
    _queue_changed()


def schedule_end_of_wait(request: SupportRequest, queue: Queue) -> None:
    ends_at = queue.wait_ends_at(request)
    if ends_at:
        run_later("webacd.wait_over", due=max(clock.now(), ends_at), request=request.pk)


def release_entry(entry: QueueEntry) -> None:
    """Make the entry free to be offered again, if no offer of it is running any more."""
    if not Offer.objects.running().filter(request=entry.pk).exists():
        entry.offered_until = None
        entry.save(update_fields=["offered_until"])
        route_soon()


def stop_waiting(
    request: SupportRequest,
    outcome: SupportRequest.Outcome,
    *,
    accepted: Offer | None = None,
    by: Actor | None = None,
) -> None:
    """End the request's wait for this reason, by the offer that was accepted if one was; its other offers end."""
    agent = accepted.agent if accepted else None
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
    if accepted and request.session:
        news.append((accepted.agent.stream, events.offer_accepted(accepted, request.session)))
    if request.transferred_by and outcome != SupportRequest.Outcome.TAKEN_BACK:
        news.append((f"inbox.{request.transferred_by_id}", events.transfer_over(request)))
    record_news(news, by=by)
    _queue_changed()


def withdraw_offers(entry: QueueEntry) -> None:
    """Withdraw the request's open offers, because it moves to another queue."""
    ended = close_offers(entry.request, Offer.State.WITHDRAWN)
    record_news([(offer.agent.stream, events.offer_over(offer)) for offer in ended])


def close_offers(request: SupportRequest, state: Offer.State, *, but: Offer | None = None) -> list[Offer]:
    """Close the request's open offers; the caller tells their agents."""
    ended = []
    for offer in Offer.objects.open().filter(request=request).select_related("agent__user"):
        if but is None or offer.pk != but.pk:
            offer.mark_over(state)
            ended.append(offer)
    return ended


def record_news(news: list[tuple[str, Draft]], *, by: Actor | None = None) -> None:
    """Record (stream, event) pairs, if there are any."""
    if news:
        record_all(news, by=by)


def _queue_changed() -> None:
    tell_positions_soon()
    board_changed()
    route_soon()
