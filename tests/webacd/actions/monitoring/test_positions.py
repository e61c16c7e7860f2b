"""acd 8: each customer hears of their own position when it changes, and of nobody else's coming."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.models import SupportSession
from tests.webacd.factories import enter, make_queue, served
from webacd.actions.agents.agents import sign_out
from webacd.actions.entering.waiting import abandon
from webacd.actions.monitoring.positions import news_for, tell_positions
from webacd.actions.monitoring.supervisor import move_request
from webacd.models import QueueEntry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def long_queue(queue):
    queue.maximum_length = 0
    queue.save()
    return queue


def news(accepts=()):
    entries = list(QueueEntry.objects.in_order().select_related("request"))
    return [(each.entry.request.name, each.position) for each in news_for(entries, accepts, staffed=True)]


def test_who_enters_at_the_end_is_news_to_themselves_alone(long_queue, clock):
    for number in range(30):
        enter(long_queue, f"Customer {number}")
    assert len(news()) == 30
    assert tell_positions()
    assert news() == []
    enter(long_queue, "Carol")
    assert news() == [("Carol", 31)]


def test_who_leaves_is_news_to_those_behind(long_queue, clock):
    first, second, *_ = [enter(long_queue, name) for name in ("Ann", "Ben", "Carol", "Dan")]
    tell_positions()
    abandon(second)
    assert news() == [("Carol", 2), ("Dan", 3)]
    tell_positions()
    abandon(first)
    assert news() == [("Carol", 1), ("Dan", 2)]


def test_another_estimate_is_news(long_queue, clock):
    enter(long_queue, "Ann")
    tell_positions()
    now = QueueEntry.objects.get().since
    clock.forward(minutes=4)
    later = enter(long_queue, "Ben")
    tell_positions()
    assert news([now] * 3) == [("Ann", 1), ("Ben", 2)]
    assert later.name == "Ben"


def test_customer_in_another_queue_is_told_afresh(long_queue, billing, dana, clock):
    request = enter(long_queue, "Ann")
    tell_positions()
    move_request(request, billing, by=dana)
    assert news() == [("Ann", 1)]


def test_telling_costs_the_same_for_many_as_for_one(long_queue, clock):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            tell_positions()
        return len(captured)

    enter(long_queue, "Ann")
    with_one = queries()
    for number in range(20):
        enter(long_queue, f"Customer {number}")
    assert queries() == with_one
    enter(long_queue, "Carol")
    assert queries() == with_one
    # Nothing new, nothing written.
    assert queries() < with_one


def test_telling_costs_the_same_for_many_queues_as_for_one(long_queue, amal_agent, clock):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            tell_positions()
        return len(captured)

    enter(long_queue, "Ann")
    with_one = queries()
    for number in range(5):
        queue = make_queue(f"queue-{number}", agents=[amal_agent], cherry_picking=True)
        for name in ("Ann", "Ben"):
            enter(queue, name)
    assert queries() == with_one
    told = QueueEntry.objects.exclude(told=None).values_list("queue__slug", "told")
    assert sorted(told)[:2] == [("queue-0", [1, None, None, True]), ("queue-0", [2, None, None, True])]
    assert len(told) == 11


def test_last_agent_who_signs_out_is_news_and_leaves_no_estimate(long_queue, amal_agent, clock):
    for _number in range(3):
        served(long_queue, amal_agent)
        end_session(SupportSession.objects.open().get(), by=SupportSession.objects.open().get().primary)
        clock.forward(minutes=5)
    enter(long_queue, "Ann")
    tell_positions()
    assert QueueEntry.objects.get().told == [1, 3, 8, True]
    sign_out(amal_agent)
    tell_positions()
    assert QueueEntry.objects.get().told == [1, None, None, False]


def test_each_queue_has_its_own_pace(long_queue, amal_agent, clock):
    for _number in range(3):
        served(long_queue, amal_agent)
        end_session(SupportSession.objects.open().get(), by=SupportSession.objects.open().get().primary)
        clock.forward(minutes=5)
    enter(long_queue, "Ann")
    enter(make_queue("billing-too", agents=[amal_agent]), "Ben")
    tell_positions()
    told = dict(QueueEntry.objects.values_list("request__name", "told"))
    assert told == {"Ann": [1, 3, 8, True], "Ben": [1, None, None, True]}
