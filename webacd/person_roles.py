"""What distribution adds to the roles of a person: queue agent, and which queues they serve (E68)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.models import User
from supportcenter.accounts.more_roles import Changes, register_roles
from supportcenter.refusals import Refused
from webacd.actions.agents.queue_work import AGENT, QUEUES, give_queue_work
from webacd.errors import OnlyAgentsServe, OnlyRepresentativesServe
from webacd.models import Agent, Queue, QueueMembership
from webacd.rules.permissions import may_change_queues

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class QueueWork:
    title: StrOrPromise = _("Queues")
    names: tuple[str, ...] = (AGENT, QUEUES)

    def fields(self) -> dict[str, forms.Field]:
        agent = forms.BooleanField(
            label=_("Queue agent"),
            required=False,
            help_text=_("Customers of the queues below are offered to this person. Is a representative, too."),
        )
        queues = forms.MultipleChoiceField(
            label=_("Queues"), required=False, choices=_choices, widget=forms.CheckboxSelectMultiple
        )
        return {AGENT: agent, QUEUES: queues}

    def held(self, people: Collection[int]) -> dict[int, dict[str, Any]]:
        keys, found = list(people), dict[int, dict[str, Any]]()
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            agents = Agent.objects.filter(user__in=some, is_active=True)
            found |= {user: {AGENT: True, QUEUES: []} for user in agents.values_list("user", flat=True)}
            rows = QueueMembership.objects.filter(agent__user__in=some, agent__is_active=True)
            for user, slug in rows.order_by("queue__slug").values_list("agent__user", "queue__slug"):
                found[user][QUEUES].append(slug)
        return found

    def nothing(self) -> dict[str, Any]:
        return {AGENT: False, QUEUES: []}

    def may_give(self, by: User) -> bool:
        return may_change_queues(by)

    def why_not(self, changes: Mapping[str, Any], then: Mapping[str, Any]) -> list[tuple[str, type[Refused]]]:
        found: list[tuple[str, type[Refused]]] = []
        if then[AGENT] and not then["representative"] and not changes.keys().isdisjoint({AGENT, "representative"}):
            found.append((AGENT, OnlyRepresentativesServe))
        if changes.get(QUEUES) and not then[AGENT]:
            found.append((QUEUES, OnlyAgentsServe))
        return found

    def give(self, changes: Changes) -> None:
        give_queue_work(changes)


def _choices() -> list[tuple[str, str]]:
    return [(queue.slug, queue.label) for queue in Queue.objects.order_by("name", "pk")]


register_roles(QueueWork())
