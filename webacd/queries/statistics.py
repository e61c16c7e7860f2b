"""Service level, waits and abandonment, by queue and by agent (acd 11), counted by the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, Max, Q, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable

from supportcenter.accounts.models import User
from supportcenter.reporting.durations import Microseconds
from webacd.models import Agent, Queue, SupportRequest
from webacd.models.support_request import SupportRequestQuerySet

ANSWERED, ABANDONED = SupportRequest.Outcome.ANSWERED, SupportRequest.Outcome.ABANDONED
# A session that its transferor took back was not meant to be accepted in the queue any more.
NOT_COUNTED = [SupportRequest.Outcome.TAKEN_BACK]
SECOND = 1_000_000
WAITED = Microseconds("outcome_at", "arrived_at")


@dataclass
class Statistics:
    """What became of the requests of one queue, or of one agent."""

    name: str
    target: int = 0
    offered: int = 0
    answered: int = 0
    answered_in_time: int = 0
    abandoned: int = 0
    abandoned_in_time: int = 0
    # Microseconds, of those that were answered.
    waited: int = 0
    longest: int = 0

    def add(self, other: Statistics) -> None:
        """Count those of another one, too."""
        for name in ("offered", "answered", "answered_in_time", "abandoned", "abandoned_in_time", "waited"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.longest = max(self.longest, other.longest)

    @property
    def lost_otherwise(self) -> int:
        return self.offered - self.answered - self.abandoned

    @property
    def average_wait(self) -> int | None:
        return round(self.waited / self.answered / SECOND) if self.answered else None

    @property
    def longest_wait(self) -> int | None:
        return round(self.longest / SECOND) if self.answered else None

    @property
    def abandonment(self) -> float | None:
        """Per cent of those who came."""
        return percent(self.abandoned, self.offered)

    @property
    def service_level_of_answered(self) -> float | None:
        """Answered within T / answered."""
        return percent(self.answered_in_time, self.answered)

    @property
    def service_level_of_all(self) -> float | None:
        """(Answered + abandoned within T) / (answered + abandoned)."""
        return percent(self.answered_in_time + self.abandoned_in_time, self.answered + self.abandoned)


def summed(statistics: Iterable[Statistics]) -> Statistics:
    """All of them together; each is measured by its own target."""
    total = Statistics("")
    for one in statistics:
        total.add(one)
    return total


def percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def statistics_by_queue(queues: Iterable[Queue], since: datetime, until: datetime) -> list[Statistics]:
    queues = list(queues)
    found = {queue.pk: Statistics(queue.label, queue.service_seconds) for queue in queues}
    rows = over(since, until).filter(queue__in=found).values_list("queue", "outcome")
    for queue, outcome, count, waited, longest, in_time in counted(rows, F("queue__service_seconds")):
        one = found[queue]
        one.offered += count
        if outcome == ANSWERED:
            one.answered, one.answered_in_time, one.waited, one.longest = count, in_time, waited, longest
        elif outcome == ABANDONED:
            one.abandoned, one.abandoned_in_time = count, in_time
    return list(found.values())


def statistics_by_agent(
    queues: Iterable[Queue], since: datetime, until: datetime, *, whose: Q | None = None
) -> list[Statistics]:
    """What each agent accepted, or with `whose` some of the agents, and how long those customers had waited.

    An agent of several queues is measured by the target of the one from which the latest request came.
    """
    targets = {queue.pk: queue.service_seconds for queue in queues}
    rows = over(since, until).filter(queue__in=targets, outcome=ANSWERED, answered_by__isnull=False)
    rows = rows if whose is None else rows.filter(whose)
    target_of = _targets(rows, targets)
    agents = Agent.objects.select_related("user").in_bulk(target_of)
    found = {pk: Statistics(agents[pk].display_name, target) for pk, target in target_of.items() if pk in agents}
    by_agent = rows.values_list("answered_by")
    for agent, count, waited, longest, in_time in counted(by_agent, _target_by_agent(target_of)):
        if agent in found:
            one = found[agent]
            one.offered, one.answered, one.answered_in_time = count, count, in_time
            one.waited, one.longest = waited, longest
    return sorted(found.values(), key=lambda row: row.name)


def statistics_for(user: User, queues: Iterable[Queue], since: datetime, until: datetime) -> list[Statistics]:
    """Of the agents about whom a user may read: those of the queues that they manage, and those of a team they lead,
    whichever queue they served.
    """
    if user.is_manager or not user.is_lead:
        return statistics_by_agent(queues, since, until)
    led = Q(answered_by__in=list(Agent.objects.filter(user__in=user.people_led).values_list("pk", flat=True)))
    of_queues = statistics_by_agent(queues, since, until, whose=~led)
    of_team = statistics_by_agent(Queue.objects.all(), since, until, whose=led)
    return sorted([*of_queues, *of_team], key=lambda row: row.name)


def over(since: datetime, until: datetime) -> SupportRequestQuerySet:
    """The requests whose wait was over in this time, but for those that do not count."""
    rows = SupportRequest.objects.filter(outcome_at__gte=since, outcome_at__lt=until).exclude(outcome__in=NOT_COUNTED)
    # Without an order: each row would make a group of its own.
    return rows.order_by()


def counted(rows: QuerySet[SupportRequest, Any], target: Combinable) -> QuerySet[SupportRequest, Any]:
    """Each group of `rows`: how many, microseconds waited in all and at most, how many no longer than the target."""
    in_time = Count("pk", filter=Q(wait__lte=target * SECOND))
    return rows.alias(wait=WAITED).annotate(Count("pk"), Sum("wait"), Max("wait"), in_time=in_time)


def _targets(rows: SupportRequestQuerySet, targets: Mapping[int, int]) -> dict[int, int]:
    """The target of each agent who accepted some of `rows`, the one with the latest request first."""
    latest = rows.values_list("answered_by", "queue").annotate(latest=Max("made_at")).order_by("latest")
    found = {agent: targets[queue] for agent, queue, _latest in latest}
    order = {agent: place for place, (agent, _queue, _latest) in enumerate(latest)}
    return {agent: found[agent] for agent in sorted(found, key=lambda agent: -order[agent])}


def _target_by_agent(target_of: Mapping[int, int]) -> Combinable:
    agents: defaultdict[int, list[int]] = defaultdict(list)
    for agent, target in target_of.items():
        agents[target].append(agent)
    # The most frequent one, often the only one, needs no list of agents.
    usual = max(agents, key=lambda target: len(agents[target]), default=0)
    rest = [When(answered_by__in=each, then=Value(target)) for target, each in agents.items() if target != usual]
    return Case(*rest, default=Value(usual)) if rest else Value(usual)
