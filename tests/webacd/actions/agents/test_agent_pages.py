"""An agent has presence as a customer has (E47)."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.webacd.factories import AVAILABLE, enter, inbox, join_queue, make_agent, make_queue, offered, offers_of
from webacd.actions.agents.agent_pages import (
    SILENCE,
    close_page,
    end_late_absences,
    find_silent,
    note_seen,
    open_page,
    restart_graces,
)
from webacd.actions.agents.agents import set_status, sign_out
from webacd.actions.entering.waiting import end_waits_in_closed_queues
from webacd.actions.offering.route import route
from webacd.models import AcdPolicy, AgentPage, Offer, OpeningHours, SupportRequest
from webacd.queries.transfer_choices import available_in

pytestmark = pytest.mark.django_db
GRACE = 45


def standing(agent):
    agent.refresh_from_db()
    return agent.status, agent.away_cause


def close_all(agent):
    for page in agent.pages.all():
        close_page(agent, page.pk)


# ---- nothing is offered to who is not there


def test_without_a_page_nothing_is_offered(queue, amal_agent, clock):
    close_all(amal_agent)
    enter(queue)
    clock.forward(seconds=GRACE - 1)
    assert offers_of(amal_agent) == []
    assert standing(amal_agent) == ("available", "")


def test_who_comes_back_is_offered_what_waits(queue, amal_agent, clock):
    close_all(amal_agent)
    request = enter(queue)
    clock.forward(seconds=1)
    assert offers_of(amal_agent) == []
    open_page(amal_agent)
    clock.forward(seconds=0)
    assert [offer.request for offer in offers_of(amal_agent)] == [request]


def test_next_agent_gets_the_customer_at_once(queue, amal_agent, bilal_agent):
    join_queue(queue, bilal_agent)
    close_all(amal_agent)
    request = enter(queue)
    assert offered(bilal_agent).request == request


def test_plan_made_before_the_last_page_went_is_void(queue, amal_agent):
    before = amal_agent.version
    close_all(amal_agent)
    amal_agent.refresh_from_db()
    assert amal_agent.version > before


# ---- then Away, with the reason


def test_without_a_page_for_so_long_is_away_and_reads_why(queue, amal_agent, clock):
    close_all(amal_agent)
    clock.forward(seconds=GRACE)
    assert standing(amal_agent) == ("away", "no_page")
    assert inbox(amal_agent)[-1] == ("agent.status", {"agent": amal_agent.pk, "status": "away", "cause": "no_page"})


def test_admin_decides_for_how_long(queue, amal_agent, clock):
    AcdPolicy.objects.update_or_create(pk=1, defaults={"agent_return_seconds": 5})
    close_all(amal_agent)
    clock.forward(seconds=5)
    assert standing(amal_agent) == ("away", "no_page")


def test_coming_back_within_the_grace_changes_nothing(queue, amal_agent, clock):
    idle_since = amal_agent.idle_since
    close_all(amal_agent)
    clock.forward(seconds=GRACE - 1)
    open_page(amal_agent)
    clock.forward(minutes=10)
    assert standing(amal_agent) == ("available", "")
    assert amal_agent.idle_since == idle_since


def test_second_absence_has_a_grace_of_its_own(queue, amal_agent, clock):
    close_all(amal_agent)
    clock.forward(seconds=GRACE - 1)
    page = open_page(amal_agent)
    close_page(amal_agent, page)
    clock.forward(seconds=GRACE - 1)
    assert standing(amal_agent) == ("available", "")
    clock.forward(seconds=1)
    assert standing(amal_agent) == ("away", "no_page")


def test_who_is_away_stays_so_until_they_say_otherwise(queue, amal_agent, amal, clock):
    close_all(amal_agent)
    clock.forward(seconds=GRACE)
    open_page(amal_agent)
    assert standing(amal_agent) == ("away", "no_page")
    request = enter(queue)
    set_status(amal_agent, AVAILABLE, by=amal)
    clock.forward(seconds=0)
    assert [offer.request for offer in offers_of(amal_agent)] == [request]
    clock.forward(minutes=10)
    assert amal_agent.pages.count() == 1


def test_other_page_keeps_the_agent_there(queue, amal_agent, clock):
    second = open_page(amal_agent)
    close_page(amal_agent, second)
    enter(queue)
    assert len(AgentPage.objects.filter(agent=amal_agent)) == 1
    assert offered(amal_agent)
    clock.forward(seconds=GRACE)
    assert standing(amal_agent) == ("available", "")


def test_reason_that_was_chosen_stays(queue, amal_agent, amal, clock):
    set_status(amal_agent, "away", by=amal)
    close_all(amal_agent)
    clock.forward(seconds=GRACE)
    assert standing(amal_agent) == ("away", "chosen")


def test_available_without_ever_opening_a_page_is_away_in_the_end(amal, clock):
    agent = make_agent(amal, here=False)
    assert standing(agent) == ("available", "")
    clock.forward(seconds=GRACE)
    assert standing(agent) == ("away", "no_page")


# ---- what was offered already


def test_open_offer_stays_until_the_grace_is_over_and_goes_to_the_next(queue, amal_agent, bilal_agent, clock):
    queue.offer_seconds = 300
    queue.save()
    join_queue(queue, bilal_agent)
    request = enter(queue)
    offer = offered(amal_agent)
    close_all(amal_agent)
    clock.forward(seconds=GRACE - 1)
    assert (offers_of(amal_agent), offers_of(bilal_agent)) == ([offer], [])
    clock.forward(seconds=1)
    offer.refresh_from_db()
    assert offer.state == Offer.State.WITHDRAWN
    assert [offer.request for offer in offers_of(bilal_agent)] == [request]


def test_open_offer_is_still_there_for_who_comes_back(queue, amal_agent, clock):
    queue.offer_seconds = 300
    queue.save()
    enter(queue)
    offer = offered(amal_agent)
    close_all(amal_agent)
    clock.forward(seconds=GRACE - 1)
    open_page(amal_agent)
    clock.forward(seconds=GRACE)
    assert offers_of(amal_agent) == [offer]


# ---- staffing


@pytest.fixture
def closing(queue, clock, time_machine):
    """Carol waits in a queue without a limit that has closed meanwhile; it is Monday evening."""
    queue.maximum_wait = 0
    queue.save()
    OpeningHours.objects.create(queue=queue, weekday=0, opens=time(9), closes=time(17))
    time_machine.move_to(datetime(2026, 3, 2, 16, 59, tzinfo=UTC), tick=False)
    request = enter(queue)
    time_machine.move_to(datetime(2026, 3, 2, 17, 1, tzinfo=UTC), tick=False)
    return request


def is_told_that_it_has_closed(request):
    end_waits_in_closed_queues()
    request.refresh_from_db()
    return request.outcome == SupportRequest.Outcome.CLOSED


@pytest.mark.parametrize("status", ["available", "away"])
def test_who_has_no_page_staffs_the_queue_no_longer(closing, amal_agent, amal, clock, status):
    set_status(amal_agent, status, by=amal)
    close_all(amal_agent)
    assert not is_told_that_it_has_closed(closing)
    clock.forward(seconds=GRACE)
    assert is_told_that_it_has_closed(closing)


def test_wait_that_ends_while_nobody_has_a_page_says_that_there_are_no_agents(queue, amal_agent, clock):
    queue.maximum_wait = 1
    queue.save()
    request = enter(queue)
    close_all(amal_agent)
    clock.forward(seconds=60)
    request.refresh_from_db()
    assert request.outcome == SupportRequest.Outcome.NO_AGENTS


def test_queue_counts_only_agents_with_a_page(queue, amal_agent, bilal_agent):
    assert available_in(queue, bilal_agent, customers=1) == 1
    close_all(amal_agent)
    assert available_in(queue, bilal_agent, customers=1) == 0


def test_level_without_a_page_is_not_waited_for(queue, amal_agent, bilal_agent, clock):
    join_queue(queue, bilal_agent, level=2)
    close_all(amal_agent)
    request = enter(queue)
    clock.forward(seconds=1)
    assert offers_of(bilal_agent) == []
    clock.forward(seconds=GRACE)
    assert [offer.request for offer in offers_of(bilal_agent)] == [request]


# ---- signing out


def test_signing_out_ends_the_status_and_withdraws_what_was_offered(queue, amal_agent, bilal_agent, clock):
    join_queue(queue, bilal_agent)
    enter(queue)
    offered(amal_agent)
    sign_out(amal_agent)
    clock.forward(seconds=0)
    assert standing(amal_agent) == ("signed_out", "")
    assert (offers_of(amal_agent), len(offers_of(bilal_agent))) == ([], 1)


def test_grace_of_who_has_signed_out_ends_in_nothing(queue, amal_agent, clock):
    close_all(amal_agent)
    sign_out(amal_agent)
    clock.forward(seconds=GRACE)
    assert standing(amal_agent) == ("signed_out", "")


# ---- processes that die, and are started again


def test_pages_of_a_dead_process_are_taken_for_gone(queue, amal_agent, clock):
    clock.forward(seconds=SILENCE.total_seconds() + 1)
    find_silent()
    enter(queue)
    assert route() == 0
    clock.forward(seconds=GRACE)
    assert standing(amal_agent) == ("away", "no_page")


def test_stamped_page_is_not_silent(queue, amal_agent, clock):
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


def test_stamp_of_a_living_page_brings_back_who_was_taken_for_gone(queue, amal_agent, clock):
    page = amal_agent.pages.get().pk
    clock.forward(seconds=SILENCE.total_seconds() + 1)
    find_silent()
    note_seen([page])
    clock.forward(seconds=GRACE)
    assert standing(amal_agent) == ("available", "")


def test_late_stamp_of_a_page_that_was_closed_brings_nobody_back(queue, amal_agent):
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


def test_absence_of_one_is_nothing_to_another(queue, amal_agent, bilal_agent, clock):
    make_queue("billing", agents=[bilal_agent])
    close_all(amal_agent)
    clock.forward(seconds=GRACE)
    assert standing(bilal_agent) == ("available", "")
