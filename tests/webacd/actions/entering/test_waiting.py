"""Every way in which a wait ends, and what keeps a place (acd 9, 10)."""

from datetime import timedelta

import pytest
from django.db.models import ProtectedError

from tests.webacd.factories import enter, make_queue, offered, outcome, request_events
from webacd.actions.entering.waiting import abandon, come_back, drop, end_waits_in_closed_queues, find_silent, note_seen
from webacd.actions.offering.accept import accept
from webacd.errors import RequestOver
from webacd.models import Agent, Offer, QueueEntry, SupportRequest

pytestmark = pytest.mark.django_db
Outcome = SupportRequest.Outcome


def test_abandoning_withdraws_the_offers(queue, amal_agent):
    request = enter(queue)
    offer = offered(amal_agent)
    abandon(request)
    abandon(request)
    offer.refresh_from_db()
    assert (outcome(request), offer.state) == (Outcome.ABANDONED, Offer.State.WITHDRAWN)
    assert not QueueEntry.objects.exists()


def test_coming_back_in_time_keeps_the_place(queue, clock):
    request = enter(queue)
    come_back(request, page="one")
    clock.forward(seconds=120)
    drop(request, page="one")
    clock.forward(seconds=59)
    come_back(request, page="two")
    drop(request, page="one")
    clock.forward(seconds=300)
    assert outcome(request) == ""
    assert QueueEntry.objects.get().since == request.arrived_at


def test_staying_away_too_long_is_abandoning(queue, clock):
    request = enter(queue)
    come_back(request, page="one")
    drop(request, page="one")
    clock.forward(seconds=60)
    assert outcome(request) == Outcome.ABANDONED
    with pytest.raises(RequestOver):
        come_back(request, page="one")


def test_page_that_never_came_is_abandoning(queue, clock):
    request = enter(queue, here=False)
    clock.forward(seconds=60)
    assert outcome(request) == Outcome.ABANDONED


def test_maximum_wait_ends_the_wait(queue, clock):
    queue.maximum_wait = 1
    queue.save()
    request = enter(queue)
    come_back(request, page="one")
    Agent.objects.update(status="away")
    clock.forward(seconds=60)
    assert outcome(request) == Outcome.TIMED_OUT
    assert request_events(request)[-1] == ("request.over", {"outcome": "timed_out"})


def test_maximum_wait_where_nobody_works_says_so(queue, clock):
    queue.maximum_wait = 1
    queue.save()
    request = enter(queue)
    Agent.objects.update(status="signed_out")
    clock.forward(seconds=60)
    assert outcome(request) == Outcome.NO_AGENTS


def test_maximum_wait_overflows_first_and_keeps_the_time_waited(queue, clock):
    overflow = make_queue("billing", maximum_wait=5)
    queue.maximum_wait, queue.overflow_queue = 1, overflow
    queue.save()
    request = enter(queue)
    come_back(request, page="one")
    Agent.objects.update(status="away")
    clock.forward(seconds=60)
    entry = QueueEntry.objects.get()
    assert (entry.queue, entry.since, entry.overflowed) == (overflow, request.arrived_at, True)
    clock.forward(minutes=4)
    assert outcome(request) == Outcome.NO_AGENTS


def test_nobody_waits_in_a_closed_queue_that_no_agent_staffs(closing):
    end_waits_in_closed_queues()
    assert outcome(closing) == ""
    Agent.objects.update(status="signed_out")
    end_waits_in_closed_queues()
    assert outcome(closing) == Outcome.CLOSED


def test_who_waits_in_a_closed_queue_overflows_first(closing, queue):
    queue.overflow_queue = make_queue("night")
    queue.save()
    Agent.objects.update(status="signed_out")
    end_waits_in_closed_queues()
    assert (outcome(closing), QueueEntry.objects.get().queue.slug) == ("", "night")


def test_queue_in_which_somebody_waits_is_not_deleted(queue):
    request = enter(queue)
    with pytest.raises(ProtectedError):
        queue.delete()
    abandon(request)
    queue.delete()


def test_every_way_out_leaves_the_queue(queue, amal_agent, amal, clock):
    for name in ("One", "Two", "Three"):
        enter(queue, name, here=False)
    accept(offered(amal_agent), by=amal)
    clock.forward(seconds=60)
    entered = SupportRequest.objects.filter(kind=SupportRequest.Kind.ENTERED)
    assert sorted(entered.values_list("outcome", flat=True)) == ["abandoned", "abandoned", "answered"]
    assert not QueueEntry.objects.filter(request__in=entered).exists()


def test_heartbeat_of_a_living_page_keeps_the_place_of_who_was_taken_for_gone(clock, queue):
    request = enter(queue)
    come_back(request, page="one")
    clock.forward(seconds=50)
    find_silent(timedelta(seconds=45))
    request.refresh_from_db()
    assert request.away_since is not None

    note_seen([(request.pk, "an older one")])
    note_seen([(request.pk, "one")])
    clock.forward(seconds=61)
    assert outcome(request) == ""
