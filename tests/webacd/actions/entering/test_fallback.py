"""Where a session in transfer goes when no agent takes it (E24)."""

import pytest

from tests.webacd.factories import make_agent, make_queue, offered, offers_of, to_agents, to_queue
from webacd.actions.offering.offers import decline
from webacd.models import Agent, QueueEntry

pytestmark = pytest.mark.django_db(transaction=True)


def test_agents_who_all_decline_lead_to_the_default_queue(session, carol, bilal_agent, bilal, faris, clock):
    default = make_queue("default", agents=[make_agent(faris)], is_default=True)
    request = to_agents(session, bilal_agent)
    decline(offers_of(bilal_agent)[0], by=bilal)
    assert QueueEntry.objects.get().queue == default
    clock.forward(seconds=0)
    assert [offer.request for offer in offers_of(Agent.objects.get(user=faris))] == [request]


def test_queue_leads_to_overflow_then_to_everybody_and_managers(
    session, carol, billing, bilal, bilal_agent, faris, clock
):
    overflow_agent = make_agent(faris)
    overflow = make_queue("overflow", agents=[overflow_agent])
    billing.overflow_queue = overflow
    billing.save()
    to_queue(session, billing)
    decline(offered(bilal_agent), by=bilal)
    entry = QueueEntry.objects.get()
    assert (entry.queue, entry.escalated) == (overflow, False)
    overflow.managers.add(bilal)
    clock.forward(seconds=0)
    decline(offers_of(overflow_agent)[0], by=faris)
    assert QueueEntry.objects.get().escalated
    clock.forward(seconds=21)
    assert len(offers_of(overflow_agent)) == len(offers_of(bilal_agent)) == 1
