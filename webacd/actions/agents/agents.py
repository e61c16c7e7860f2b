"""What an agent says of himself (acd 5, 7), and what a finished session says of him."""

from datetime import timedelta

from django.db import transaction

from supportcenter import clock
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require
from webacd import events
from webacd.actions.notify import board_changed, route_soon
from webacd.actions.offering.offers import withdraw_from
from webacd.errors import CannotExtend, NotAManager, NotAnAgent
from webacd.models import AcdPolicy, Agent
from webacd.rules.permissions import may_manage_agent

Status, Cause = Agent.Status, Agent.AwayCause
# One press of "More time".
EXTENSION = timedelta(seconds=60)


def set_status(agent, status, *, reason=None, by):
    """Choose one's status. What is held out to him goes to others when he is not available any more.

    Raises NotAnAgent, NotAManager. The same status again changes nothing.
    """
    require(agent.user_id == by.pk or may_manage_agent(by, agent), NotAManager)
    cause = ""
    if status == Status.AWAY:
        cause = Cause.CHOSEN if agent.user_id == by.pk else Cause.MANAGER
    _change_status(agent, status, reason, cause, by)
    if status != Status.AVAILABLE:
        withdraw_from(agent)


@transaction.atomic
def _change_status(agent, status, reason, cause, by):
    agent = locked(agent)
    require(agent.user.is_csr, NotAnAgent)
    now = (agent.status, agent.away_reason_id, agent.away_cause)
    if now == (status, reason.pk if reason else None, cause) and not agent.is_wrapping_up:
        return
    agent.set_status(status, reason=reason, cause=cause)
    if agent.is_available and agent.expected_until:
        expect_back(agent)
    record(agent.stream, events.agent_status(agent), by=by)
    agents_changed()


@transaction.atomic
def set_away_for(agent, cause):
    """The site sets an agent away, and tells him why."""
    agent = locked(agent)
    if agent.is_available:
        become_away(agent, cause)
        agents_changed()


def become_away(agent, cause):
    """Set the locked agent to Away; their pages say why."""
    agent.set_status(Status.AWAY, cause=cause)
    record(agent.stream, events.agent_status(agent))


def sign_out(agent):
    """Whoever signs out of the site is offered nothing any more (E47). Signed out already: nothing changes."""
    set_status(agent, Status.SIGNED_OUT, by=agent.user)


def expect_back(agent):
    """No page of the locked agent is open: wait ⟨45 s⟩ for one (E47). A plan made before this is void."""
    agent.expected_until = clock.now() + timedelta(seconds=AcdPolicy.current().agent_return_seconds)
    agent.version += 1
    agent.save(update_fields=["expected_until", "version"])
    if agent.is_signed_in:
        run_later("webacd.agent_missing", due=agent.expected_until, agent=agent.pk)


@transaction.atomic
def finish_work(agent, wrap_up_seconds=0):
    """A session is out of the agent's hands: idle from now on, after the wrap-up of its queue."""
    agent = locked(agent)
    agent.idle_since = clock.now()
    if wrap_up_seconds and agent.is_available:
        agent.wrapping_up_until = agent.idle_since + timedelta(seconds=wrap_up_seconds)
        agent.version += 1
    agent.save(update_fields=["idle_since", "wrapping_up_until", "version"])
    record(agent.stream, events.agent_status(agent))
    agents_changed(due=agent.wrapping_up_until if agent.is_wrapping_up else None)


@transaction.atomic
def end_wrap_up(agent, *, by):
    """Ready earlier than the queue allows for. Not wrapping up: nothing changes."""
    agent = _own(agent, by)
    if agent.is_wrapping_up:
        agent.wrapping_up_until = None
        agent.save(update_fields=["wrapping_up_until"])
        record(agent.stream, events.agent_status(agent), by=by)
        agents_changed()


@transaction.atomic
def extend_wrap_up(agent, *, by):
    """One more minute. Raises NotAnAgent, CannotExtend."""
    agent = _own(agent, by)
    require(agent.is_wrapping_up, CannotExtend)
    agent.wrapping_up_until += EXTENSION
    agent.version += 1
    agent.save(update_fields=["wrapping_up_until", "version"])
    record(agent.stream, events.agent_status(agent), by=by)
    agents_changed(due=agent.wrapping_up_until)


def _own(agent, by):
    agent = locked(agent)
    require(agent.user_id == by.pk, NotAnAgent)
    return agent


def locked(agent):
    return Agent.objects.select_for_update(of=("self",), no_key=True).select_related("user").get(pk=agent.pk)


def agents_changed(due=None):
    """An agent is not what they were: managers look again, and so does whoever distributes."""
    board_changed()
    route_soon(due=due)
