"""A customer enters a queue (acd 1, 9)."""

from datetime import UTC, datetime, time

import pytest

from tests.webacd.factories import enter, make_queue, outcome, request_events
from webacd.actions.entering.enter import enter_queue
from webacd.errors import QueueClosed, QueueFull, QueueUnknown
from webacd.models import OpeningHours, QueueEntry, SupportRequest

pytestmark = pytest.mark.django_db
Outcome = SupportRequest.Outcome


def test_customer_enters_and_waits(queue):
    request, secret = enter_queue(queue, name="Carol", email="carol@example.org", language="ar")
    entry = QueueEntry.objects.get()
    assert (entry.request, entry.queue, entry.priority, entry.offered_until) == (request, queue, 0, None)
    assert (outcome(request), request.language) == ("", "ar")
    assert secret not in request.seat_hash
    assert request_events(request) == [("request.entered", {"queue": queue.pk})]


def test_closed_queue_takes_nobody_and_notes_it(queue, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 18, 0, tzinfo=UTC), tick=False)
    OpeningHours.objects.create(queue=queue, weekday=0, opens=time(9), closes=time(17))
    with pytest.raises(QueueClosed):
        enter(queue)
    assert (SupportRequest.objects.get().outcome, QueueEntry.objects.count()) == (Outcome.CLOSED, 0)


def test_queue_out_of_use_is_unknown(queue):
    queue.is_active = False
    queue.save()
    with pytest.raises(QueueUnknown):
        enter(queue)
    assert not SupportRequest.objects.exists()


def test_full_queue_refuses_and_notes_it(queue):
    queue.maximum_length = 1
    queue.save()
    enter(queue, "First")
    with pytest.raises(QueueFull):
        enter(queue, "Second")
    assert list(SupportRequest.objects.order_by("pk").values_list("name", "outcome")) == [
        ("First", ""),
        ("Second", Outcome.QUEUE_FULL),
    ]


def test_full_queue_overflows(queue):
    overflow = make_queue("billing")
    queue.maximum_length, queue.overflow_queue = 1, overflow
    queue.save()
    enter(queue, "First")
    second = enter(queue, "Second")
    assert (second.queue, second.entry_queue) == (overflow, queue)
