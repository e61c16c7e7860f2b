"""Pages of processes that die, and of those that are started again (E47)."""

from datetime import timedelta

import pytest

from tests.webacd.factories import close_all, enter, standing
from webacd.actions.agents.agent_pages import (
    SILENCE,
    close_page,
    end_late_absences,
    find_silent,
    note_seen,
    open_page,
    restart_graces,
)
from webacd.actions.offering.route import route
from webacd.models import AgentPage

pytestmark = pytest.mark.django_db
GRACE = 45


def test_pages_of_a_dead_process_are_taken_for_gone(queue, amal_agent, clock):
    clock.forward(seconds=SILENCE.total_seconds() + 1)
    find_silent()
    enter(queue)
    assert route() == 0
    clock.forward(seconds=GRACE)
    assert standing(amal_agent) == ("away", "no_page")


def test_page_with_a_heartbeat_is_not_silent(queue, amal_agent, clock):
    clock.forward(seconds=SILENCE.total_seconds() - 1)
    note_seen([page.pk for page in amal_agent.pages.all()])
    clock.forward(seconds=2)
    find_silent()
    amal_agent.refresh_from_db()
    assert amal_agent.expected_until is None


def test_page_of_a_dead_process_keeps_nobody_there(queue, amal_agent, clock):
    living = open_page(amal_agent)
    clock.forward(seconds=SILENCE.total_seconds() + 1)
    note_seen([living])
    close_page(amal_agent, living)
    amal_agent.refresh_from_db()
    assert amal_agent.expected_until is not None


def test_heartbeat_of_a_living_page_brings_back_who_was_taken_for_gone(queue, amal_agent, clock):
    page = amal_agent.pages.get().pk
    clock.forward(seconds=SILENCE.total_seconds() + 1)
    find_silent()
    note_seen([page])
    clock.forward(seconds=GRACE)
    assert standing(amal_agent) == ("available", "")


def test_late_heartbeat_of_a_page_that_was_closed_brings_nobody_back(queue, amal_agent):
    page = amal_agent.pages.get().pk
    close_page(amal_agent, page)
    note_seen([page])
    amal_agent.refresh_from_db()
    assert (amal_agent.expected_until is None, AgentPage.objects.count()) == (False, 0)


def test_restart_makes_nobody_away(queue, amal_agent, time_machine, clock):
    close_all(amal_agent)
    amal_agent.refresh_from_db()
    time_machine.move_to(amal_agent.expected_until + timedelta(hours=2), tick=False)
    restart_graces()
    clock.forward(seconds=GRACE - 1)
    assert standing(amal_agent) == ("available", "")
    clock.forward(seconds=1)
    assert standing(amal_agent) == ("away", "no_page")


def test_lost_deadline_is_made_up_for(queue, amal_agent, time_machine):
    close_all(amal_agent)
    amal_agent.refresh_from_db()
    time_machine.move_to(amal_agent.expected_until + timedelta(seconds=6), tick=False)
    end_late_absences()
    assert standing(amal_agent) == ("away", "no_page")


def test_pages_forgotten_by_a_dead_process_are_removed(queue, amal_agent, clock):
    clock.forward(hours=2)
    find_silent()
    assert not AgentPage.objects.exists()
