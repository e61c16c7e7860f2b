"""Service level, waits and abandonment, by queue and by agent (acd 11). One query over the requests that are over."""

from dataclasses import dataclass, field
from statistics import mean

from webacd.models import SupportRequest

ANSWERED, ABANDONED = SupportRequest.Outcome.ANSWERED, SupportRequest.Outcome.ABANDONED
# Turned away at the door, or never meant to be answered in the queue.
NOT_COUNTED = [SupportRequest.Outcome.TAKEN_BACK]


@dataclass
class Statistics:
    """What became of the requests of one queue, or of one agent."""

    name: str
    target: int = 0
    waits: list[float] = field(default_factory=list)
    abandoned_after: list[float] = field(default_factory=list)
    outcomes: dict[str, int] = field(default_factory=dict)

    def add(self, outcome, seconds):
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1
        if outcome == ANSWERED:
            self.waits.append(seconds)
        elif outcome == ABANDONED:
            self.abandoned_after.append(seconds)

    @property
    def offered(self):
        return sum(self.outcomes.values())

    @property
    def answered(self):
        return len(self.waits)

    @property
    def abandoned(self):
        return len(self.abandoned_after)

    @property
    def lost_otherwise(self):
        return self.offered - self.answered - self.abandoned

    @property
    def average_wait(self):
        return round(mean(self.waits)) if self.waits else None

    @property
    def longest_wait(self):
        return round(max(self.waits)) if self.waits else None

    @property
    def abandonment(self):
        """Per cent of those who came."""
        return percent(self.abandoned, self.offered)

    @property
    def answered_in_time(self):
        return sum(wait <= self.target for wait in self.waits)

    @property
    def service_level_of_answered(self):
        """Answered within T / answered."""
        return percent(self.answered_in_time, self.answered)

    @property
    def service_level_of_all(self):
        """(Answered + abandoned within T) / (answered + abandoned)."""
        abandoned_in_time = sum(wait <= self.target for wait in self.abandoned_after)
        return percent(self.answered_in_time + abandoned_in_time, self.answered + self.abandoned)


def percent(part, whole):
    return round(100 * part / whole, 1) if whole else None


def statistics_by_queue(queues, since, until) -> list[Statistics]:
    queues = list(queues)
    found = {queue.pk: Statistics(queue.label, queue.service_seconds) for queue in queues}
    rows = _over(since, until).filter(queue__in=queues)
    for queue, outcome, arrived, over in rows.values_list("queue", "outcome", "arrived_at", "outcome_at").iterator():
        found[queue].add(outcome, (over - arrived).total_seconds())
    return list(found.values())


def statistics_by_agent(queues, since, until) -> list[Statistics]:
    """What each agent answered, and how long those customers had waited."""
    targets = {queue.pk: queue.service_seconds for queue in queues}
    found = {}
    rows = _over(since, until).filter(queue__in=targets, outcome=ANSWERED, answered_by__isnull=False)
    rows = rows.select_related("answered_by__user").only(
        "queue", "outcome", "arrived_at", "outcome_at", "answered_by__user__first_name",
        "answered_by__user__last_name", "answered_by__user__username",
    )  # fmt: skip
    for request in rows.iterator():
        name = request.answered_by.display_name
        agent = found.setdefault(request.answered_by_id, Statistics(name, targets[request.queue_id]))
        agent.add(ANSWERED, request.waited.total_seconds())
    return sorted(found.values(), key=lambda agent: agent.name)


def _over(since, until):
    return SupportRequest.objects.filter(outcome_at__gte=since, outcome_at__lt=until).exclude(outcome__in=NOT_COUNTED)
