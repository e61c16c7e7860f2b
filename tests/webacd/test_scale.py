"""The cost of a decision does not grow with the number waiting: the head of a queue is read by its index."""

import re

import pytest
from django.db import connection
from django.db.models import OuterRef
from django.test.utils import CaptureQueriesContext

from tests.webacd.copies import copy_newest
from tests.webacd.factories import make_queue
from webacd.models import Queue, QueueEntry, SupportRequest
from webacd.queries.first_of_each import with_first_keys
from webacd.queries.positions import position_of
from webacd.queries.snapshot import read_snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def fill(queue, count):
    """So many customers waiting, without the ceremony of coming in one by one."""
    request = SupportRequest.objects.create(queue=queue, entry_queue=queue, name="Carol")
    QueueEntry.objects.create(request=request, queue=queue, since=request.arrived_at)
    for model in (SupportRequest, QueueEntry):
        copy_newest(model, count - 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.both_databases
def test_heads_of_all_queues_are_read_by_their_index(policy, queue, amal_agent):
    fill(queue, 100_000)
    head = QueueEntry.objects.free().filter(queue=OuterRef("pk")).in_order()
    plan = with_first_keys(Queue.objects.all(), head, 20).explain()
    assert re.search("using (index )?waiting_(head|line)", plan, re.IGNORECASE)
    assert not re.search("sort|b-tree|seq scan on webacd_waiting", plan, re.IGNORECASE)


@pytest.mark.both_databases
@pytest.mark.parametrize("count", [100, 100_000])
def test_head_of_the_queue_is_read_by_its_index(queue, count):
    fill(queue, count)
    plan = QueueEntry.objects.free().filter(queue=queue).in_order()[:20].explain()
    if connection.vendor == "sqlite":
        assert "USING INDEX waiting_" in plan
        assert "TEMP B-TREE" not in plan
    elif count > 1000:
        assert "Index" in plan
        assert "Sort" not in plan


def test_snapshot_takes_the_same_queries_for_one_and_for_many(policy, queue, amal_agent):
    fill(queue, 2)
    with CaptureQueriesContext(connection) as few:
        read_snapshot()
    fill(queue, 300)
    with CaptureQueriesContext(connection) as many:
        snapshot = read_snapshot()
    assert len(many) == len(few)
    assert len(snapshot.requests) == 21


def test_position_is_never_counted_beyond_what_matters(queue):
    fill(queue, 1500)
    last = QueueEntry.objects.order_by("since").last()
    assert position_of(last) == 1000
    assert position_of(QueueEntry.objects.in_order().first()) == 1


def test_snapshot_takes_the_same_queries_for_one_queue_and_for_many(policy, queue, amal_agent):
    fill(queue, 2)
    with CaptureQueriesContext(connection) as one:
        read_snapshot()
    for number in range(5):
        fill(make_queue(f"queue-{number}", agents=[amal_agent]), 30)
    with CaptureQueriesContext(connection) as many:
        snapshot = read_snapshot()
    assert len(many) == len(one)
    assert len(snapshot.requests) == 2 + 5 * 21
