"""Two processes whose clocks differ: what one has stamped, the other reads by the clock of the database (E2, acd 6)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions_app.actions.presence.presence import end_absence, find_silent, lose
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers.runner import run_due, run_one
from supportcenter.live import SILENCE
from tests.webacd.factories import enter, join_queue, make_agent, make_queue, offers_of
from webacd.actions.entering.waiting import come_back
from webacd.actions.entering.waiting import find_silent as find_silent_waiting
from webacd.actions.offering.offers import expire
from webacd.actions.offering.route import route

# SQLite serves one machine, which has one clock.
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.postgresql]


@pytest.fixture(params=[90, -90, 3600], ids=["90 s ahead", "90 s behind", "an hour ahead"])
def other_machine(request, time_machine):
    """From its call on the code runs on a machine whose clock is wrong."""
    return lambda: time_machine.move_to(timezone.now() + timedelta(seconds=request.param))


def test_pages_that_another_machine_stamps_are_there(session, other_machine):
    other_machine()
    find_silent(SILENCE)
    session.primary.refresh_from_db()
    assert session.primary.is_here


def test_grace_is_as_long_no_matter_who_looks(session, other_machine):
    lose(session, page=session.primary.page, by=session.primary)
    other_machine()
    end_absence(session.primary)
    run_due()
    session.refresh_from_db()
    assert session.is_open


def test_grace_is_as_long_no_matter_who_began_it(session, other_machine):
    right = timezone.now()
    other_machine()
    lose(session, page=session.primary.page, by=session.primary)
    session.primary.refresh_from_db()
    assert abs(session.primary.away_since - right) < timedelta(seconds=20)


def test_job_in_anothers_hands_is_left_there(other_machine):
    job = run_later("sessions.find_silent")
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() + timedelta(seconds=60))
    other_machine()
    assert not run_one(job.pk)


def test_job_is_due_for_every_machine_at_once(other_machine):
    job = run_later("sessions.absence_over", participant=0)
    other_machine()
    assert run_one(job.pk)


def test_waiting_customer_keeps_the_place(amal, other_machine):
    request = enter(make_queue("help"))
    come_back(request, page="page-1")
    other_machine()
    find_silent_waiting(SILENCE)
    request.refresh_from_db()
    assert request.away_since is None


def test_offer_runs_as_long_as_it_was_promised(amal, other_machine):
    queue, agent = make_queue("help"), make_agent(amal)
    join_queue(queue, agent)
    request = enter(queue)
    route()
    (offer,) = offers_of(agent)
    other_machine()
    expire(request)
    offer.refresh_from_db()
    assert offer.is_running
