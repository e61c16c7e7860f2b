"""One process routes at a time; a process that finds another at it comes back, and once for all of them."""

import threading

import pytest
from django.db import connection, transaction

from supportcenter.jobs.models import Job
from webacd.actions.offering.route import route_some, take_routing_lock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


@pytest.fixture
def another_at_it():
    """Another connection holds the routing lock. SQLite has one writer, so there no process ever finds it taken."""
    has_it, may_go = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            take_routing_lock()
            has_it.set()
            may_go.wait(30)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert has_it.wait(30)
    yield
    may_go.set()
    holder.join()


@pytest.mark.postgresql
def test_who_finds_another_at_it_plans_one_look_for_all(another_at_it):
    assert [route_some() for _process in range(5)] == [None] * 5

    assert Job.objects.filter(kind="webacd.route").count() == 1
