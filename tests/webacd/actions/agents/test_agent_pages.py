"""An agent has presence as a customer has (E47)."""

import pytest

from tests.webacd.factories import (
    AVAILABLE,
    close_all,
    enter,
    inbox,
    join_queue,
    make_agent,
    make_queue,
    offered,
    offers_of,
    standing,
)
from webacd.actions.agents.agent_pages import close_page, open_page
from webacd.actions.agents.agents import set_status
from webacd.actions.entering.waiting import end_waits_in_closed_queues
from webacd.models import AcdPolicy, AgentPage, Offer, SupportRequest
from webacd.queries.transfer_choices import available_in

pytestmark = pytest.mark.django_db
GRACE = 45


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


def test_absence_of_one_is_nothing_to_another(queue, amal_agent, bilal_agent, clock):
    make_queue("billing", agents=[bilal_agent])
    close_all(amal_agent)
    clock.forward(seconds=GRACE)
    assert standing(bilal_agent) == ("available", "")
