"""What a waiting customer's page does, and what follows when it goes (acd 9, 10)."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from supportcenter import clock
from supportcenter.jobs.outbox.later import run_later
from supportcenter.refusals import require
from webacd.actions.entering.queue_entries import lock_if_waiting, move_entry, stop_waiting, withdraw_offers
from webacd.errors import RequestOver
from webacd.models import AcdPolicy, Queue, QueueEntry, SupportRequest
from webacd.queries.queue_entries import has_room

Outcome = SupportRequest.Outcome


@transaction.atomic
def come_back(request, *, page):
    """The waiting page is there, for the first time or again: the place is as it was (acd 10). Raises RequestOver."""
    here = SupportRequest.objects.waiting().filter(pk=request.pk)
    seen = here.update(away_since=None, page=page, last_seen_at=clock.now())
    require(seen, RequestOver)


@transaction.atomic
def drop(request, *, page):
    """The page is gone, by choice or not; a newer one of the same customer does not count as gone."""
    mine = SupportRequest.objects.waiting().filter(pk=request.pk, page=page, away_since=None)
    if mine.update(away_since=clock.now()):
        await_return(request)


def await_return(request, since=None):
    """The customer has ⟨60 s⟩ to open the waiting page, or to open it again (acd 10)."""
    due = (since or clock.now()) + AcdPolicy.current().return_time
    run_later("webacd.return_over", due=due, request=request.pk)


@transaction.atomic
def end_absence(request):
    """The time to come back is over: whoever is still away has given up."""
    entry = lock_if_waiting(request)
    if entry is None or entry.request.is_transfer or entry.request.away_since is None:
        return
    request = entry.request
    if request.away_since + AcdPolicy.current().return_time > clock.now():
        await_return(request, request.away_since)
    else:
        stop_waiting(request, Outcome.ABANDONED)


@transaction.atomic
def abandon(request):
    """The customer waits no longer. Once more changes nothing; whoever was answered meanwhile is in a session."""
    entry = lock_if_waiting(request)
    if entry:
        stop_waiting(entry.request, Outcome.ABANDONED, by=entry.request)


@transaction.atomic
def end_wait(request):
    """The queue's maximum wait is over: on to the overflow queue, once, else the customer is told (acd 9)."""
    entry = lock_if_waiting(request)
    ends_at = entry and entry.queue and entry.queue.wait_ends_at(entry.request)
    if ends_at and ends_at <= clock.now():
        _send_on(entry, Outcome.TIMED_OUT if _is_staffed(entry.queue) else Outcome.NO_AGENTS)


def end_waits_before_closed_doors():
    """Whose queue has closed, and all its agents have gone home, is sent on or told; nobody waits there overnight."""
    lines = QueueEntry.objects.filter(queue=OuterRef("pk"), request__kind=SupportRequest.Kind.ENTERED)
    for queue in Queue.objects.filter(Exists(lines)).with_timetable():
        if not queue.is_open() and not _is_staffed(queue):
            for request in SupportRequest.objects.filter(queue_entry__queue=queue, kind=SupportRequest.Kind.ENTERED):
                _end_wait_before_closed_door(request, queue)


@transaction.atomic
def _end_wait_before_closed_door(request, queue):
    entry = lock_if_waiting(request)
    if entry and entry.queue_id == queue.pk:
        _send_on(entry, Outcome.CLOSED)


def _send_on(entry, outcome):
    """To the overflow queue, once, else out with this reason."""
    overflow = entry.open_overflow
    if overflow and has_room(overflow):
        withdraw_offers(entry)
        move_entry(entry, overflow, overflowed=True)
    else:
        stop_waiting(entry.request, outcome)


def _is_staffed(queue):
    return queue.agents.staffing().exists()


def note_seen(here):
    """Stamp many connected (request, page) at once; a process that dies stops stamping.

    Who was taken for gone although the socket of their page lives keeps the place.
    """
    pages = set(here)
    mine = SupportRequest.objects.waiting().filter(pk__in=[request for request, _page in pages])
    mine.filter(away_since=None).update(last_seen_at=clock.now())
    for pk, page in mine.exclude(away_since=None).values_list("pk", "page"):
        if (pk, page) in pages:
            mine.filter(pk=pk, page=page).update(away_since=None, last_seen_at=clock.now())


def find_silent(silence):
    """Take for gone whoever claims to be here but has not been stamped for `silence`."""
    waiting = QueueEntry.objects.filter(request__kind=SupportRequest.Kind.ENTERED, request__away_since=None)
    for entry in waiting.filter(request__last_seen_at__lt=clock.now() - silence).select_related("request"):
        drop(entry.request, page=entry.request.page)
