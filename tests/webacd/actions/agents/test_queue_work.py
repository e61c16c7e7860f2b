"""An agent whose account is disabled, or who is one no longer: out of the queues, still in the figures of the past."""

from datetime import timedelta

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from supportcenter.accounts.actions.people import set_enabled
from supportcenter.jobs.workers.runner import run_due
from tests.webacd.factories import enter, join_queue, make_agent, make_queue, offers_of, served
from webacd.actions.agents.agents import set_status
from webacd.actions.agents.queue_work import give_queue_work
from webacd.actions.offering.route import route
from webacd.errors import NotAnAgent
from webacd.models import Agent, SupportRequest
from webacd.queries.statistics import statistics_by_agent, statistics_by_queue
from webacd.rules.permissions import agent_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def queue(policy):
    return make_queue()


@pytest.fixture
def agent(amal, queue):
    agent = make_agent(amal)
    join_queue(queue, agent)
    return agent


def figures(queue):
    """Of a day that is over."""
    until = timezone.now()
    span = (until - timedelta(days=2), until)
    return [[vars(one) for one in read([queue], *span)] for read in (statistics_by_agent, statistics_by_queue)]


@pytest.fixture
def past(agent, queue):
    """Yesterday the agent answered a customer."""
    served(queue, agent)
    SupportRequest.objects.update(outcome_at=timezone.now() - timedelta(days=1))
    return figures(queue)


def test_figures_of_a_past_day_stay_when_the_account_is_disabled(past, queue, agent, amal, dana):
    assert [one["name"] for one in past[0]] == ["Amal"]
    set_enabled(amal, enabled=False, by=dana)
    run_due()
    assert figures(queue) == past
    assert not Agent.objects.staffing().exists()
    set_enabled(amal, enabled=True, by=dana)
    assert Agent.objects.active().get() == agent


def test_figures_of_a_past_day_stay_when_a_person_is_an_agent_no_longer(past, queue, agent, amal):
    give_queue_work({amal: {"agent": False}})
    run_due()
    assert figures(queue) == past
    agent.refresh_from_db()
    assert (agent.is_active, agent.status, agent.queues.count()) == (False, Agent.Status.SIGNED_OUT, 0)
    assert agent_of(type(amal).objects.get(pk=amal.pk)) is None
    with pytest.raises(NotAnAgent):
        set_status(agent, Agent.Status.AVAILABLE, by=amal)


def test_an_agent_again_has_the_same_row(past, queue, agent, amal):
    give_queue_work({amal: {"agent": False}})
    give_queue_work({amal: {"agent": True, "queues": [queue.slug]}})
    assert Agent.objects.active().get() == agent
    assert [*agent.queues.all()] == [queue]


def test_what_was_offered_goes_to_others(queue, agent, amal):
    enter(queue)
    route()
    assert len(offers_of(agent)) == 1
    give_queue_work({amal: {"agent": False}})
    run_due()
    assert offers_of(agent) == []


def test_the_database_keeps_an_agent_with_a_past(past, agent, amal):
    with pytest.raises(ProtectedError):
        agent.delete()
    with pytest.raises(ProtectedError):
        amal.delete()
    assert Agent.objects.get() == agent


def test_many_cost_as_few_statements_as_one(queue, django_assert_max_num_queries, amal, bilal, faris):
    with django_assert_max_num_queries(14):
        give_queue_work({one: {"agent": True, "queues": [queue.slug]} for one in (amal, bilal, faris)})
    assert queue.agents.count() == 3
