"""The status that an agent chooses, and the wrap-up after a session (acd 5, 7)."""

from datetime import datetime, timedelta

from django.db import transaction

from supportcenter import clock
from supportcenter.accounts.models import User
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require
from webacd import events
from webacd.actions.notify import board_changed, route_soon
from webacd.actions.offering.offers import withdraw_from
from webacd.errors import CannotExtend, NotAManager, NotAnAgent
from webacd.models import AcdPolicy, Agent, AwayReason
from webacd.rules.permissions import may_manage_agent

Status, Cause = Agent.Status, Agent.AwayCause
# One press of "More time".
EXTENSION = timedelta(seconds=60)


def set_status(agent: Agent, status: str, *, reason: AwayReason | None = None, by: User) -> None:
    """Set an agent's status, as the agent or their manager. Unless it is Available, their offers go to other agents.

    The same status again changes nothing. Raises NotAnAgent, NotAManager.
    """
    require(agent.user_id == by.pk or may_manage_agent(by, agent), NotAManager)
    cause: str = ""
    if status == Status.AWAY:
        cause = Cause.CHOSEN if agent.user_id == by.pk else Cause.MANAGER
    _change_status(agent, status, reason, cause, by)
    if status != Status.AVAILABLE:
        withdraw_from(agent)


@transaction.atomic
def _change_status(agent: Agent, status: str, reason: AwayReason | None, cause: str, by: User) -> None:
    agent = agent.locked()
    require(agent.is_active and agent.user.is_csr, NotAnAgent)
    now = (agent.status, agent.away_reason_id, agent.away_cause)
    if now == (status, reason.pk if reason else None, cause) and not agent.is_wrapping_up:
        return
    agent.set_status(status, reason=reason, cause=cause)
    if agent.is_available and agent.expected_until:
        expect_back(agent)
    record(agent.stream, events.agent_status(agent), by=by)
    agents_changed()


@transaction.atomic
def set_away_for(agent: Agent, cause: str) -> None:
    """Set an Available agent to Away for something that happened; their pages say why."""
    agent = agent.locked()
    if agent.is_available:
        become_away(agent, cause)
        agents_changed()


def become_away(agent: Agent, cause: str) -> None:
    """Set the locked agent to Away and record why."""
    agent.set_status(Status.AWAY, cause=cause)
    record(agent.stream, events.agent_status(agent))


def sign_out(agent: Agent) -> None:
    """Sign the agent out of distribution as well when they sign out of the site (E47)."""
    set_status(agent, Status.SIGNED_OUT, by=agent.user)


def expect_back(agent: Agent) -> None:
    """Give the locked agent, who has no page open, ⟨45 s⟩ to open one (E47). Plans made before this are void."""
    agent.expected_until = clock.now() + timedelta(seconds=AcdPolicy.current().agent_return_seconds)
    agent.version += 1
    agent.save(update_fields=["expected_until", "version"])
    if agent.is_signed_in:
        run_later("webacd.agent_missing", due=agent.expected_until, agent=agent.pk)


@transaction.atomic
def finish_work(agent: Agent, wrap_up_seconds: int = 0) -> None:
    """The agent's session has ended or been passed on: they are idle, after the wrap-up of its queue (acd 7)."""
    agent = agent.locked()
    agent.idle_since = clock.now()
    if wrap_up_seconds and agent.is_available:
        agent.wrapping_up_until = agent.idle_since + timedelta(seconds=wrap_up_seconds)
        agent.version += 1
    agent.save(update_fields=["idle_since", "wrapping_up_until", "version"])
    record(agent.stream, events.agent_status(agent))
    agents_changed(due=agent.wrapping_up_until if agent.is_wrapping_up else None)


@transaction.atomic
def end_wrap_up(agent: Agent, *, by: User) -> None:
    """End the agent's own wrap-up early; without one, change nothing. Raises NotAnAgent."""
    agent = _own(agent, by)
    if agent.is_wrapping_up:
        agent.wrapping_up_until = None
        agent.save(update_fields=["wrapping_up_until"])
        record(agent.stream, events.agent_status(agent), by=by)
        agents_changed()


@transaction.atomic
def extend_wrap_up(agent: Agent, *, by: User) -> None:
    """Extend the agent's own wrap-up by a minute. Raises NotAnAgent, CannotExtend."""
    agent = _own(agent, by)
    if agent.wrapping_up_until is None or not agent.is_wrapping_up:
        raise CannotExtend
    agent.wrapping_up_until += EXTENSION
    agent.version += 1
    agent.save(update_fields=["wrapping_up_until", "version"])
    record(agent.stream, events.agent_status(agent), by=by)
    agents_changed(due=agent.wrapping_up_until)


def _own(agent: Agent, by: User) -> Agent:
    agent = agent.locked()
    require(agent.user_id == by.pk, NotAnAgent)
    return agent


def agents_changed(due: datetime | None = None) -> None:
    """Have the monitor and the routing look again, because an agent has become more free or less."""
    board_changed()
    route_soon(due=due)
