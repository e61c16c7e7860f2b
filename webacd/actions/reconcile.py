"""Find and correct what a crash can leave behind (acd 15). On a healthy site there is nothing to find."""

from datetime import datetime, timedelta

from django.db import transaction

from supportcenter import clock
from webacd.actions.entering.fallback import fall_back
from webacd.actions.entering.queue_entries import release_entry
from webacd.actions.entering.waiting import AT_ONCE
from webacd.actions.offering import offers
from webacd.actions.transfer import in_transfer
from webacd.models import Agent, Offer, QueueEntry, SupportRequest

# Each deadline has a job; this is for jobs that were lost.
LATE = timedelta(seconds=5)


def reconcile() -> None:
    now = clock.now()
    _end_late_offers(now)
    _withdraw_from_those_without_rights()
    _release_stale_entries(now)
    _end_waits_of_ended_sessions()
    _send_stranded_on(now)


def _end_late_offers(now: datetime) -> None:
    late = Offer.objects.open().filter(expires_at__lt=now - LATE).order_by("expires_at").select_related("request")
    for request in {offer.request for offer in late[:AT_ONCE]}:
        offers.expire(request)


def _withdraw_from_those_without_rights() -> None:
    """Agents who have lost their right without the site being told, for example by a statement of SQL (E11)."""
    without = Offer.objects.open().exclude(agent__in=Agent.objects.active())
    for offer in without.order_by("expires_at").select_related("request")[:AT_ONCE]:
        offers.withdraw(offer)


def _release_stale_entries(now: datetime) -> None:
    """Entries held by offers that no longer exist."""
    for entry in QueueEntry.objects.filter(offered_until__lt=now - LATE)[:AT_ONCE]:
        with transaction.atomic():
            locked = QueueEntry.objects.select_for_update(skip_locked=True).filter(pk=entry.pk).first()
            if locked:
                release_entry(locked)


def _end_waits_of_ended_sessions() -> None:
    ended = SupportRequest.objects.waiting().filter(queue_entry__isnull=False, session__ended_at__isnull=False)
    for request in ended.select_related("session").order_by("session")[:AT_ONCE]:
        if request.session:
            in_transfer.session_over(request.session)


def _send_stranded_on(now: datetime) -> None:
    """Move on a session in transfer that waits in a queue without available agents (E24)."""
    stranded = QueueEntry.objects.free().filter(request__session__isnull=False, escalated=False)
    for entry in stranded.filter(in_queue_since__lt=now - timedelta(seconds=60)).select_related("request", "queue"):
        with transaction.atomic():
            free = QueueEntry.objects.free().select_for_update(skip_locked=True, of=("self",))
            locked = free.select_related("request", "queue").filter(pk=entry.pk).first()
            if locked:
                fall_back(locked)
