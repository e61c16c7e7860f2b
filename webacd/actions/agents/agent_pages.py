"""An agent's pages come and go; who has none is expected back for ⟨45 s⟩, and then Away (E47).

A page is one connection to the agent's inbox: the inbox itself, or the dashboard of a session, where offers show too.
The agent's row knows whether there is any, so that a look at all agents needs no other table.
"""

from datetime import timedelta

from django.db import transaction

from sessions_app.realtime.heartbeat import EVERY
from supportcenter import clock
from webacd.actions.agents.agents import agents_changed, become_away, expect_back, locked
from webacd.actions.offering.offers import withdraw_from
from webacd.models import Agent, AgentPage

# Three missed stamps mean that a process has died with its pages; after an hour without any it is no longer held up.
SILENCE, FORGOTTEN = timedelta(seconds=3 * EVERY), timedelta(hours=1)
# A deadline has a job of its own; this is for one that was lost.
LATE = timedelta(seconds=5)


@transaction.atomic
def open_page(agent) -> int:
    """A page of the agent is there, the first or one more; returns the key by which it is stamped and closed."""
    agent = locked(agent)
    page = AgentPage.objects.create(agent=agent)
    _welcome_back(agent)
    return page.pk


@transaction.atomic
def close_page(agent, page):
    """A page is gone, by choice or not. If it was the last, nothing new is offered until the agent comes back."""
    agent = locked(agent)
    AgentPage.objects.filter(pk=page).delete()
    _miss_if_gone(agent)


def note_seen(pages):
    """Stamp many connected pages at once. Who was taken for gone although a page's connection lives is here again."""
    AgentPage.objects.filter(pk__in=pages).update(seen_at=clock.now())
    for agent in Agent.objects.exclude(expected_until=None).filter(pages__in=pages).distinct():
        with transaction.atomic():
            agent = locked(agent)
            if _has_page(agent):
                _welcome_back(agent)


def find_silent():
    """Take for gone the agents whose pages were all connected to a process that stamps no more."""
    stamped = AgentPage.objects.stamped_since(clock.now() - SILENCE)
    for agent in Agent.objects.filter(expected_until=None).exclude(pk__in=stamped.values("agent")):
        with transaction.atomic():
            _miss_if_gone(locked(agent))
    AgentPage.objects.filter(seen_at__lt=clock.now() - FORGOTTEN).delete()


def end_absence(agent):
    """The time to come back is over: an Available agent still without a page is Away; their offers go to others.

    Whoever came back, or has been given more time by a restart, is left alone.
    """
    if _is_missing(agent):
        withdraw_from(agent)


def end_late_absences():
    late = Agent.objects.active().filter(status=Agent.Status.AVAILABLE, expected_until__lt=clock.now() - LATE)
    for agent in late:
        end_absence(agent)


def restart_graces():
    """The server has started: no page could reconnect while it was down, so nobody becomes Away by that."""
    for agent in Agent.objects.signed_in().exclude(expected_until=None):
        with transaction.atomic():
            expect_back(locked(agent))


@transaction.atomic
def _is_missing(agent):
    agent = locked(agent)
    if not agent.is_signed_in or agent.expected_until is None or agent.expected_until > clock.now():
        return False
    if agent.is_available:
        become_away(agent, Agent.AwayCause.NO_PAGE)
    # One who was Away already staffs the queues no longer, which opens the next level.
    agents_changed()
    return True


def _welcome_back(agent):
    if agent.expected_until:
        agent.expected_until = None
        agent.save(update_fields=["expected_until"])
        agents_changed()


def _miss_if_gone(agent):
    if agent.expected_until is None and not _has_page(agent):
        expect_back(agent)
        agents_changed()


def _has_page(agent):
    return agent.pages.stamped_since(clock.now() - SILENCE).exists()
