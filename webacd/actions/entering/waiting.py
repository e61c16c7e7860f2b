"""The wait of a customer: as long as their page is open, and as long as the queue allows (acd 9, 10)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from supportcenter import clock
from supportcenter.jobs.outbox.later import run_later
from supportcenter.refusals import require
from webacd.actions.entering.queue_entries import lock_if_waiting, move_entry, stop_waiting, withdraw_offers
from webacd.errors import RequestOver
from webacd.models import AcdPolicy, Queue, QueueEntry, SupportRequest
from webacd.queries.queue_entries import has_room
from webacd.queries.queues import is_staffed

Outcome = SupportRequest.Outcome
# So many in one run of a job that looks after them; the next run, soon, finds the others.
AT_ONCE = 500


@transaction.atomic
def come_back(request: SupportRequest, *, page: str) -> None:
    """Note that the waiting page is open, for the first time or again (acd 10). Raises RequestOver."""
    here = SupportRequest.objects.waiting().filter(pk=request.pk)
    seen = here.update(away_since=None, page=page, last_seen_at=clock.now())
    require(seen, RequestOver)


@transaction.atomic
def drop(request: SupportRequest, *, page: str) -> None:
    """Note that the waiting page is closed or lost, unless the customer has opened a newer one."""
    mine = SupportRequest.objects.waiting().filter(pk=request.pk, page=page, away_since=None)
    if mine.update(away_since=clock.now()):
        await_return(request)


def await_return(request: SupportRequest, since: datetime | None = None) -> None:
    """The customer has ⟨60 s⟩ to open the waiting page, or to open it again (acd 10)."""
    due = (since or clock.now()) + AcdPolicy.current().return_time
    run_later("webacd.return_over", due=due, request=request.pk)


@transaction.atomic
def end_absence(request: SupportRequest) -> None:
    """End the wait of a customer who has not come back in time, as abandoned."""
    entry = lock_if_waiting(request)
    away_since = entry.request.away_since if entry else None
    if entry is None or away_since is None or entry.request.is_transfer:
        return
    if away_since + AcdPolicy.current().return_time > clock.now():
        await_return(entry.request, away_since)
    else:
        stop_waiting(entry.request, Outcome.ABANDONED)


@transaction.atomic
def abandon(request: SupportRequest) -> None:
    """End the wait because the customer wants to stop; a request that is over stays as it is."""
    entry = lock_if_waiting(request)
    if entry:
        stop_waiting(entry.request, Outcome.ABANDONED, by=entry.request)


@transaction.atomic
def end_wait(request: SupportRequest) -> None:
    """Move a request that has reached the maximum wait to the overflow queue, once, else end its wait (acd 9)."""
    entry = lock_if_waiting(request)
    if entry is None or entry.queue is None:
        return
    ends_at = entry.queue.wait_ends_at(entry.request)
    if ends_at and ends_at <= clock.now():
        _send_on(entry, Outcome.TIMED_OUT if is_staffed(entry.queue) else Outcome.NO_AGENTS)


def end_waits_in_closed_queues() -> None:
    """Do the same in queues that have closed and whose agents have all gone, so that no customer waits overnight."""
    entered = QueueEntry.objects.filter(queue=OuterRef("pk"), request__kind=SupportRequest.Kind.ENTERED)
    for queue in Queue.objects.filter(Exists(entered)).with_timetable():
        if not queue.is_open() and not is_staffed(queue):
            came = QueueEntry.objects.filter(queue=queue, request__kind=SupportRequest.Kind.ENTERED)
            for entry in came.select_related("request").in_order()[:AT_ONCE]:
                _end_wait_in_closed_queue(entry.request, queue)


@transaction.atomic
def _end_wait_in_closed_queue(request: SupportRequest, queue: Queue) -> None:
    entry = lock_if_waiting(request)
    if entry and entry.queue_id == queue.pk:
        _send_on(entry, Outcome.CLOSED)


def _send_on(entry: QueueEntry, outcome: SupportRequest.Outcome) -> None:
    """Move the entry to the overflow queue, once, else end the wait for this reason."""
    overflow = entry.open_overflow
    if overflow and has_room(overflow):
        withdraw_offers(entry)
        move_entry(entry, overflow, overflowed=True)
    else:
        stop_waiting(entry.request, outcome)


def note_seen(here: Iterable[tuple[int, str]]) -> None:
    """Note that many connected (request, page) were seen now. A customer taken for gone whose page is there is back."""
    pages = set(here)
    mine = SupportRequest.objects.waiting().filter(pk__in=[request for request, _page in pages])
    mine.filter(away_since=None).update(last_seen_at=clock.now())
    for pk, page in mine.exclude(away_since=None).values_list("pk", "page"):
        if (pk, page) in pages:
            mine.filter(pk=pk, page=page).update(away_since=None, last_seen_at=clock.now())


def find_silent(silence: timedelta) -> None:
    """Take for gone customers whose page was not seen for `silence`: its process has died. The longest unseen first."""
    here = SupportRequest.objects.waiting().filter(kind=SupportRequest.Kind.ENTERED, away_since=None)
    for request in here.filter(last_seen_at__lt=clock.now() - silence).order_by("last_seen_at")[:AT_ONCE]:
        drop(request, page=request.page)
