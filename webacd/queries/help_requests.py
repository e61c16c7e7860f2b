"""Which agents can be asked for help, by queue, and how a request for help stands (E64)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef

from sessions_app.models import Participant, SupportSession
from supportcenter import clock
from supportcenter.reporting.first_rows import FirstRows, first_rows
from webacd.engine.facts import AgentView
from webacd.models import Agent, HelpQuestion, HelpRequest, Queue, QueueMembership
from webacd.models.agent import AgentQuerySet
from webacd.queries.agent_views import agent_views
from webacd.queries.transfer_choices import CHOICES_SHOWN

# How many are asked at once, and how long what became of it is told.
MOST_ASKED = 20
TOLD = timedelta(minutes=2)


@dataclass(frozen=True)
class HelpChoice:
    """A queue, and how many of its agents could be asked now."""

    queue: Queue
    agents: int


def help_choices(session: SupportSession) -> FirstRows[HelpChoice]:
    """The queues in use, as the Transfer Session dialog has them."""
    queues = first_rows(Queue.objects.filter(is_active=True), CHOICES_SHOWN)
    members = QueueMembership.objects.filter(queue__in=[queue.pk for queue in queues], agent__in=_askable(session))
    numbers = dict(members.order_by().values_list("queue").annotate(Count("pk")))
    choices = FirstRows((HelpChoice(queue, numbers.get(queue.pk, 0)) for queue in queues), CHOICES_SHOWN)
    choices.has_more = queues.has_more
    return choices


def helpers_in(queue: Queue, session: SupportSession) -> list[Agent]:
    """Those of the queue's agents who are to be asked, the most suited first.

    Who is free comes before who is busy, then by level in the queue, then who has been idle longest.
    """
    members = QueueMembership.objects.filter(queue=queue, agent__in=_askable(session))
    levels = dict(members.order_by().values_list("agent", "level"))
    views = agent_views(levels)
    first = sorted(views.values(), key=lambda view: _order(view, levels[view.pk]))[:MOST_ASKED]
    agents = Agent.objects.select_related("user").in_bulk([view.pk for view in first])
    return [agents[view.pk] for view in first if view.pk in agents]


def _order(view: AgentView, level: int) -> Any:
    return view.sessions > 0, level, view.idle_since, view.pk


def _askable(session: SupportSession) -> AgentQuerySet:
    """Available, with a page open, and not in the session: those who would hear it, and have not said otherwise."""
    here = session.participants.present().filter(user__isnull=False).values("user")
    agents = Agent.objects.active().filter(status=Agent.Status.AVAILABLE, expected_until=None)
    return agents.exclude(user__in=here)


def questions_to(agent: Agent) -> list[HelpQuestion]:
    """What the agent is asked now."""
    questions = HelpQuestion.objects.open().filter(agent=agent).order_by("pk")
    return list(questions.select_related("request__asked_by", "request__queue"))


def is_asked() -> Exists:
    """Whether a user is asked anything now, as part of the query that reads them."""
    return Exists(HelpQuestion.objects.open().filter(agent__user=OuterRef("pk")))


@dataclass(frozen=True)
class Standing:
    """How a request for help stands, for one of the session's CSRs."""

    request: HelpRequest
    is_helper: bool

    @property
    def asked(self) -> int:
        return self.request.questions.count()

    @property
    def told_until(self) -> datetime | None:
        return self.request.over_at + TOLD if self.request.over_at else None


def standing_of(session: SupportSession, me: Participant, *, in_control: bool) -> Standing | None:
    """For the primary, as long as it is open and a while after; for who came, what they were asked for, as long."""
    latest = HelpRequest.objects.filter(session=session).select_related("queue", "asked_by", "answered_by__user")
    request = latest.order_by("-pk").first()
    if request is None:
        return None
    is_helper = request.answered_by is not None and request.answered_by.user_id == me.user_id
    standing = Standing(request, is_helper)
    if standing.told_until and standing.told_until < clock.now():
        return None
    tells = request.is_open or request.found_no_one or request.answered_by is not None
    return standing if is_helper or (in_control and tells) else None
