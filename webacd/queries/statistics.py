"""Service level, waits and abandonment, by queue and by agent (acd 11), from one query over the finished requests."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from statistics import mean

from webacd.models import Queue, SupportRequest
from webacd.models.support_request import SupportRequestQuerySet

ANSWERED, ABANDONED = SupportRequest.Outcome.ANSWERED, SupportRequest.Outcome.ABANDONED
# A session that its transferor took back was not meant to be accepted in the queue any more.
NOT_COUNTED = [SupportRequest.Outcome.TAKEN_BACK]


@dataclass
class Statistics:
    """What became of the requests of one queue, or of one agent."""

    name: str
    target: int = 0
    waits: list[float] = field(default_factory=list)
    abandoned_after: list[float] = field(default_factory=list)
    outcomes: dict[str, int] = field(default_factory=dict)

    def add(self, outcome: str, seconds: float) -> None:
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1
        if outcome == ANSWERED:
            self.waits.append(seconds)
        elif outcome == ABANDONED:
            self.abandoned_after.append(seconds)

    @property
    def offered(self) -> int:
        return sum(self.outcomes.values())

    @property
    def answered(self) -> int:
        return len(self.waits)

    @property
    def abandoned(self) -> int:
        return len(self.abandoned_after)

    @property
    def lost_otherwise(self) -> int:
        return self.offered - self.answered - self.abandoned

    @property
    def average_wait(self) -> int | None:
        return round(mean(self.waits)) if self.waits else None

    @property
    def longest_wait(self) -> int | None:
        return round(max(self.waits)) if self.waits else None

    @property
    def abandonment(self) -> float | None:
        """Per cent of those who came."""
        return percent(self.abandoned, self.offered)

    @property
    def answered_in_time(self) -> int:
        return sum(wait <= self.target for wait in self.waits)

    @property
    def service_level_of_answered(self) -> float | None:
        """Answered within T / answered."""
        return percent(self.answered_in_time, self.answered)

    @property
    def service_level_of_all(self) -> float | None:
        """(Answered + abandoned within T) / (answered + abandoned)."""
        abandoned_in_time = sum(wait <= self.target for wait in self.abandoned_after)
        return percent(self.answered_in_time + abandoned_in_time, self.answered + self.abandoned)


def percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def statistics_by_queue(queues: Iterable[Queue], since: datetime, until: datetime) -> list[Statistics]:
    queues = list(queues)
    found = {queue.pk: Statistics(queue.label, queue.service_seconds) for queue in queues}
    rows = _over(since, until).filter(queue__in=queues)
    for queue, outcome, arrived, over in rows.values_list("queue", "outcome", "arrived_at", "outcome_at").iterator():
        if over:
            found[queue].add(outcome, (over - arrived).total_seconds())
    return list(found.values())


def statistics_by_agent(queues: Iterable[Queue], since: datetime, until: datetime) -> list[Statistics]:
    """What each agent accepted, and how long those customers had waited."""
    targets = {queue.pk: queue.service_seconds for queue in queues}
    found: dict[int, Statistics] = {}
    rows = _over(since, until).filter(queue__in=targets, outcome=ANSWERED, answered_by__isnull=False)
    rows = rows.select_related("answered_by__user").only(
        "queue", "outcome", "arrived_at", "outcome_at", "answered_by__user__first_name",
        "answered_by__user__last_name", "answered_by__user__username",
    )  # fmt: skip
    for request in rows.iterator():
        agent = request.answered_by
        if agent and request.queue_id:
            row = found.setdefault(agent.pk, Statistics(agent.display_name, targets[request.queue_id]))
            row.add(ANSWERED, request.waited.total_seconds())
    return sorted(found.values(), key=lambda row: row.name)


def _over(since: datetime, until: datetime) -> SupportRequestQuerySet:
    return SupportRequest.objects.filter(outcome_at__gte=since, outcome_at__lt=until).exclude(outcome__in=NOT_COUNTED)
