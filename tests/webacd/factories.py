"""Queues, agents and waiting customers in the states that tests start from, made by the product's own actions."""

from sessions_app.models import Participant, SupportSession
from supportcenter.live.log.eventlog import events_after
from tests.factories import be_here
from webacd.actions.agents.agent_pages import close_page, open_page
from webacd.actions.agents.agents import set_status
from webacd.actions.entering.enter import enter_queue
from webacd.actions.entering.waiting import come_back
from webacd.actions.offering.accept import accept
from webacd.actions.offering.route import route
from webacd.actions.transfer.transfer import transfer_to_agents, transfer_to_queue
from webacd.models import Agent, Queue, QueueMembership

AVAILABLE = Agent.Status.AVAILABLE


def make_queue(slug="technical-support", *, agents=(), **more):
    queue = Queue.objects.create(slug=slug, name=slug.replace("-", " ").capitalize(), **more)
    for agent in agents:
        join_queue(queue, agent)
    return queue


def join_queue(queue, agent, *, level=1):
    return QueueMembership.objects.create(queue=queue, agent=agent, level=level)


def make_agent(user, *, available=True, here=True, **more):
    """An agent with the inbox open, Available."""
    agent = Agent.objects.create(user=user, **more)
    if here:
        open_page(agent)
    if available:
        set_status(agent, AVAILABLE, by=user)
    agent.refresh_from_db()
    return agent


def enter(queue, name="Carol", *, here=True, **more):
    """A customer waits in the queue, with the waiting page open."""
    request, _secret = enter_queue(queue, name=name, **more)
    if here:
        come_back(request, page="waiting-page")
    return request


def offers_of(agent):
    return list(agent.offers.running().order_by("pk"))


def offered(agent):
    """Route, and the one request this agent is then offered."""
    route()
    (offer,) = offers_of(agent)
    return offer


def served(queue, agent, name="Carol"):
    """A session that came to the agent by the queue, with both pages open."""
    enter(queue, name)
    session = accept(offered(agent), by=agent.user)
    session.refresh_from_db()
    for participant in Participant.objects.filter(session=session).select_related("session", "user"):
        be_here(participant)
    return session


def inbox(agent, after=0):
    return [(event.type, event.data) for event in events_after(agent.stream, after, audience="staff")]


def outcome(request):
    request.refresh_from_db()
    return request.outcome


def request_events(request):
    return [(event.type, event.data) for event in events_after(request.stream, 0, audience="everyone")]


def fresh(session):
    return SupportSession.objects.get(pk=session.pk)


def to_queue(session, queue, **more):
    return transfer_to_queue(session, queue, by=session.primary, **more)


def to_agents(session, *agents, **more):
    return transfer_to_agents(session, agents, by=session.primary, **more)


def standing(agent):
    agent.refresh_from_db()
    return agent.status, agent.away_cause


def close_all(agent):
    for page in agent.pages.all():
        close_page(agent, page.pk)
