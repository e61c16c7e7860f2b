"""An agent's open pages. An agent without one is expected back for ⟨45 s⟩, and is then Away (E47).

A page is one connection to the agent's inbox, which every page of the site opens for its agent: each shows offers.
`Agent.expected_until` says whether any is open, so that reading all agents needs no other table.
"""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction

from supportcenter import clock
from supportcenter.accounts.actions.activity import note_at_work
from supportcenter.live import SILENCE
from webacd.actions.agents.agents import agents_changed, become_away, expect_back
from webacd.actions.offering.offers import withdraw_from
from webacd.models import Agent, AgentPage

# How long the row of a page is kept whose process has died.
FORGOTTEN = timedelta(hours=1)
# Each deadline has a job; this is for jobs that were lost.
LATE = timedelta(seconds=5)


@transaction.atomic
def open_page(agent: Agent) -> int:
    """Note that a page of the agent has opened; returns the key by which heartbeats and its closing name it."""
    agent = agent.locked()
    page = AgentPage.objects.create(agent=agent)
    _welcome_back(agent)
    return page.pk


@transaction.atomic
def close_page(agent: Agent, page: int) -> None:
    """Note that a page has closed. After the last one, nothing new is offered until the agent opens one again.

    An agent whose row was deleted meanwhile has taken the page's row with it.
    """
    try:
        agent = agent.locked()
    except Agent.DoesNotExist:
        return
    AgentPage.objects.filter(pk=page).delete()
    _miss_if_gone(agent)


def note_seen(pages: Collection[int]) -> None:
    """Note that many connected pages were seen now. An agent taken for gone although a page is connected is back."""
    AgentPage.objects.filter(pk__in=pages).update(seen_at=clock.now())
    for agent in Agent.objects.exclude(expected_until=None).filter(pages__in=pages).distinct():
        with transaction.atomic():
            agent = agent.locked()
            if _has_page(agent):
                _welcome_back(agent)


def note_available(pages: Collection[tuple[int, str]]) -> None:
    """Of agents' connected pages, each with its browser's sign-in, those count as activity whose agent is Available.

    One whose offers go unanswered is Away (acd 6): so a page that was left open does not count for ever (E71).
    """
    agents = {agent for agent, _ in pages}
    available = Agent.objects.filter(pk__in=agents, status=Agent.Status.AVAILABLE).values_list("pk", flat=True)
    serving = set(available)
    note_at_work([sign_in for agent, sign_in in pages if agent in serving])


def find_silent() -> None:
    """Take for gone the agents none of whose pages was seen for `SILENCE`: their processes have died."""
    seen = AgentPage.objects.seen_since(clock.now() - SILENCE)
    for agent in Agent.objects.filter(expected_until=None).exclude(pk__in=seen.values("agent")):
        with transaction.atomic():
            _miss_if_gone(agent.locked())
    AgentPage.objects.filter(seen_at__lt=clock.now() - FORGOTTEN).delete()


def end_absence(agent: Agent) -> None:
    """Set an Available agent whose time to come back is over to Away; their offers go to other agents.

    An agent who has come back, or whom a restart has given more time, is left alone.
    """
    if _declare_missing(agent):
        withdraw_from(agent)


def end_late_absences() -> None:
    """End the absences whose job was lost."""
    late = Agent.objects.active().filter(status=Agent.Status.AVAILABLE, expected_until__lt=clock.now() - LATE)
    for agent in late:
        end_absence(agent)


def restart_graces() -> None:
    """Give every absent agent the whole time again: while the server was down, no page could reconnect."""
    for agent in Agent.objects.signed_in().exclude(expected_until=None):
        with transaction.atomic():
            expect_back(agent.locked())


@transaction.atomic
def _declare_missing(agent: Agent) -> bool:
    agent = agent.locked()
    if not agent.is_signed_in or agent.expected_until is None or agent.expected_until > clock.now():
        return False
    if agent.is_available:
        become_away(agent, Agent.AwayCause.NO_PAGE)
    # An agent who was Away already no longer staffs the queues, which may open the next level.
    agents_changed()
    return True


def _welcome_back(agent: Agent) -> None:
    if agent.expected_until:
        agent.expected_until = None
        agent.save(update_fields=["expected_until"])
        agents_changed()


def _miss_if_gone(agent: Agent) -> None:
    if agent.expected_until is None and not _has_page(agent):
        expect_back(agent)
        agents_changed()


def _has_page(agent: Agent) -> bool:
    return agent.pages.seen_since(clock.now() - SILENCE).exists()
