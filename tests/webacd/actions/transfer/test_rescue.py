"""What becomes of a session whose agent has vanished (E29, acd 12)."""

import pytest

from sessions_app.actions.presence.presence import close_page
from supportcenter.jobs.workers.runner import run_due
from tests.factories import be_here, make_assistant, make_session
from tests.webacd.factories import AVAILABLE, fresh, join_queue, make_queue, offers_of, served
from webacd.actions.agents.agents import set_status
from webacd.actions.offering.accept import accept
from webacd.models import Queue, QueueEntry

pytestmark = pytest.mark.django_db(transaction=True)


def vanish(participant, clock):
    be_here(participant, page="p", secret="s")
    close_page(participant.session, page="p", secret="s", by=participant)
    clock.forward(seconds=10)


def test_assistant_with_a_session_of_their_own_is_no_heir(queue, amal_agent, bilal, clock):
    """S37, E29: then the queue has it."""
    session = served(queue, amal_agent)
    own = make_session(bilal)
    make_assistant(session, bilal)
    vanish(session.primary, clock)
    assert (fresh(session).primary, fresh(own).primary.user) == (None, bilal)
    assert QueueEntry.objects.get().queue == queue


def test_disabled_agent_gives_the_session_back_though_an_assistant_is_busy(queue, amal_agent, bilal):
    """E11: and the account is disabled, whatever becomes of its sessions."""
    session = served(queue, amal_agent)
    make_session(bilal)
    make_assistant(session, bilal)
    user = amal_agent.user
    user.is_active = False
    user.save()
    run_due()
    assert (fresh(session).is_open, fresh(session).primary) == (True, None)
    assert QueueEntry.objects.get().queue == queue


def test_agent_who_vanishes_gives_the_session_back_to_its_queue(queue, amal_agent, clock):
    session = served(queue, amal_agent)
    arrived = session.requests.get().arrived_at
    vanish(session.primary, clock)
    session = fresh(session)
    assert (session.is_open, session.primary) == (True, None)
    entry = QueueEntry.objects.get()
    assert (entry.queue, entry.since, entry.request.kind) == (queue, arrived, "returned")
    amal_agent.refresh_from_db()
    assert (amal_agent.status, amal_agent.away_cause) == ("away", "vanished")


def test_longest_present_assistant_has_it_first(queue, amal_agent, bilal, clock):
    session = served(queue, amal_agent)
    make_assistant(session, bilal)
    vanish(session.primary, clock)
    assert fresh(session).primary.user == bilal
    assert not QueueEntry.objects.exists()


def test_session_goes_to_the_default_queue_if_its_own_is_out_of_use(queue, amal_agent, clock):
    session = served(queue, amal_agent)
    default = make_queue("default", is_default=True)
    Queue.objects.filter(pk=queue.pk).update(is_active=False)
    vanish(session.primary, clock)
    assert QueueEntry.objects.get().queue == default


def test_session_without_any_queue_ends(queue, amal_agent, clock):
    session = served(queue, amal_agent)
    Queue.objects.filter(pk=queue.pk).update(is_active=False)
    vanish(session.primary, clock)
    assert fresh(session).end_reason == "dashboard_closed"


def test_session_that_came_by_no_queue_still_ends_with_its_starter(session, carol, clock):
    vanish(session.primary, clock)
    assert fresh(session).end_reason == "dashboard_closed"


def test_returned_session_is_taken_up_by_the_next_agent(queue, amal_agent, bilal_agent, bilal, clock):
    join_queue(queue, bilal_agent)
    set_status(bilal_agent, "away", by=bilal)
    session = served(queue, amal_agent)
    set_status(bilal_agent, AVAILABLE, by=bilal)
    vanish(session.primary, clock)
    assert accept(offers_of(bilal_agent)[0], by=bilal) == session
    assert fresh(session).primary.user == bilal
