"""Who is a queue agent, and which queues they serve, as it is decided for a person (E68)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from supportcenter.accounts.models import User
from supportcenter.accounts.more_roles import Changes
from supportcenter.accounts.receivers import note_rights, note_rights_of, role_change
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.delivery import transport
from webacd.actions.agents.agents import agents_changed
from webacd.models import Agent, Queue, QueueMembership
from webacd.queries.agent_history import agents_with_a_past

AGENT, QUEUES = "agent", "queues"


@transaction.atomic
def give_queue_work(changes: Changes) -> None:
    """Make people agents or agents no longer, and have them serve these queues alone, each at the level that it was."""
    concerned = {user: given for user, given in changes.items() if not given.keys().isdisjoint({AGENT, QUEUES})}
    if not concerned:
        return
    agents = _agents_of(concerned)
    _begin([user for user, given in concerned.items() if given.get(AGENT)], agents)
    ending = [agents[user.pk] for user, given in concerned.items() if given.get(AGENT) is False and user.pk in agents]
    _end(ending)
    over = {agent.user_id for agent in ending}
    serving = {
        agents[user.pk]: given[QUEUES] for user, given in concerned.items() if _serves(user, given, agents, over)
    }
    _serve(serving)
    agents_changed()


def _serves(user: User, given: Mapping[str, Any], agents: Mapping[int, Agent], over: set[int]) -> bool:
    return QUEUES in given and user.pk in agents and user.pk not in over


def _agents_of(people: Iterable[User]) -> dict[int, Agent]:
    keys, found = [user.pk for user in people], dict[int, Agent]()
    # In pieces: SQLite takes so many values, and no more.
    for start in range(0, len(keys), 500):
        rows = Agent.objects.select_for_update(of=("self",), no_key=True).select_related("user").order_by("pk")
        found |= {agent.user_id: agent for agent in rows.filter(user__in=keys[start : start + 500])}
    return found


def _begin(people: Iterable[User], agents: dict[int, Agent]) -> None:
    new = []
    for user in people:
        agent = agents.get(user.pk)
        if agent is None:
            new.append(Agent(user=user))
        elif not agent.is_active:
            agent.is_active = True
            agent.save(update_fields=["is_active"])
            _note(user, is_agent=True)
    # No signal is sent for them.
    agents |= {agent.user_id: agent for agent in Agent.objects.bulk_create(new)}
    note_rights_of({agent.user: [role_change(AGENT)] for agent in new})
    for agent in new:
        _have_pages_ask(agent.user)


def _end(agents: list[Agent]) -> None:
    """An agent with a past keeps the row, by which figures of past days name them."""
    kept = agents_with_a_past(agents)
    QueueMembership.objects.filter(agent__in=agents).delete()
    for agent in agents:
        if agent.pk not in kept:
            agent.delete()
            continue
        agent.is_active = False
        agent.set_status(Agent.Status.SIGNED_OUT)
        run_later("webacd.withdraw_from", agent=agent.pk)
        _note(agent.user, is_agent=False)


def _serve(queues_of: Mapping[Agent, Iterable[str]]) -> None:
    if not queues_of:
        return
    queues = dict(Queue.objects.values_list("slug", "pk"))
    wanted = {(agent.pk, queues[slug]) for agent, slugs in queues_of.items() for slug in slugs if slug in queues}
    rows = _memberships([agent.pk for agent in queues_of])
    superfluous = [key for pair, key in rows.items() if pair not in wanted]
    for start in range(0, len(superfluous), 500):
        QueueMembership.objects.filter(pk__in=superfluous[start : start + 500]).delete()
    missing = sorted(wanted - rows.keys())
    QueueMembership.objects.bulk_create(QueueMembership(agent_id=agent, queue_id=queue) for agent, queue in missing)


def _memberships(agents: list[int]) -> dict[tuple[int, int], int]:
    found = dict[tuple[int, int], int]()
    for start in range(0, len(agents), 500):
        rows = QueueMembership.objects.filter(agent__in=agents[start : start + 500])
        found |= {(agent, queue): key for key, agent, queue in rows.values_list("pk", "agent", "queue")}
    return found


def _note(user: User, *, is_agent: bool) -> None:
    note_rights(user, [role_change(AGENT, is_true=is_agent)])
    _have_pages_ask(user)


def _have_pages_ask(user: User) -> None:
    # Who has never signed in has no page open.
    if user.last_login is not None:
        transport.ask_again(user.pk)
