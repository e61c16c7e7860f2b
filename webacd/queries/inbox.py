"""What an agent's and a customer's pages read."""

from dataclasses import dataclass

from django.db.models import Prefetch

from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from webacd.engine.capacity import slots_of
from webacd.engine.facts import AgentView, obstacle
from webacd.models import Agent, AwayReason, LeftMessage, Offer, Queue, QueueEntry, SupportRequest
from webacd.queries.positions import FARTHEST, position_of, range_for
from webacd.queries.snapshot import agent_views, sessions_of

LINES_SHOWN, MESSAGES_SHOWN = 50, 50


def open_queues():
    """Those whose entry link is worth showing."""
    return [queue for queue in Queue.objects.filter(is_active=True).with_timetable() if queue.is_open()]


# ---- a waiting customer


def waiting_status(request):
    """Where the customer stands: the place and an estimated range, or None for what is not known."""
    entry = QueueEntry.objects.filter(pk=request.pk).select_related("queue").first()
    if entry is None or entry.queue is None:
        return {"waiting": request, "queue": None, "place": None, "minutes": None}
    position = request.shown_position or position_of(entry)
    far = position > FARTHEST
    minutes = None if far else range_for(entry.queue, position)
    return {"waiting": request, "queue": entry.queue, "place": None if far else position, "minutes": minutes}


# ---- an agent


def agent_status(agent):
    """The status row: what is chosen, and how many of the slots are used."""
    sessions = sessions_of([agent.user_id]).get(agent.user_id, 0)
    slots = slots_of(agent, agent.user.privileges, SitePolicy.current())
    return {"agent": agent, "sessions": sessions, "slots": slots, "reasons": AwayReason.objects.all()}


def offers_to(agent):
    """What is held out to the agent now, with how long it still is."""
    now = clock.now()
    offers = list(
        Offer.objects.running()
        .filter(agent=agent)
        .select_related("request__transferred_by", "queue", "request__session", "decision")
        .order_by("pk")
    )
    for offer in offers:
        offer.seconds = max(0, int((offer.expires_at - now).total_seconds()))
    return offers


def lines_of(agent):
    """Who waits in the agent's queues, where he may pick; the head of each line."""
    queues = Queue.objects.filter(memberships__agent=agent, cherry_picking=True, is_active=True)
    return [(queue, line(queue, most=10)) for queue in queues]


def line(queue, *, most=LINES_SHOWN):
    return list(QueueEntry.objects.filter(queue=queue).in_order().select_related("request__session")[:most])


def messages_for(agent):
    """Messages left in the agent's queues that nobody has answered."""
    unanswered = LeftMessage.objects.filter(queue__memberships__agent=agent, answered_at=None)
    return list(unanswered.select_related("queue").order_by("at")[:MESSAGES_SHOWN])


def transfers_of(user):
    """Sessions that this CSR has relinquished and nobody has taken yet (E24)."""
    return list(SupportRequest.objects.waiting().filter(transferred_by=user).select_related("session", "queue"))


# ---- the Transfer Session dialog


@dataclass(frozen=True)
class AgentChoice:
    """One line of the Agents tab (E23): whether it can be chosen, and the word for why not."""

    agent: Agent
    view: AgentView
    word: str

    @property
    def can_be_chosen(self):
        return self.word in {"available", "wrapping_up", "busy"}


@dataclass(frozen=True)
class QueueChoice:
    queue: Queue
    is_open: bool
    available: int
    waiting: int
    farther: bool


def agent_choices(transferor, customers):
    agents = Agent.objects.active().exclude(pk=transferor.pk).select_related("user", "away_reason")
    agents = sorted(agents, key=lambda agent: agent.display_name)
    views = agent_views([agent.pk for agent in agents])
    return [AgentChoice(agent, views[agent.pk], word_for(views[agent.pk], customers)) for agent in agents]


def word_for(view, customers=1):
    """One word for what an agent is: available, busy (some slots used), wrapping up, no page open, away …"""
    why_not = obstacle(view, clock.now(), customers=customers)
    if why_not in {None, "resting", "offered"}:
        return "busy" if view.sessions else "available"
    return why_not


def queue_choices(transferor, customers):
    members = Prefetch("agents", queryset=Agent.objects.active().only("pk"), to_attr="members")
    queues = Queue.objects.filter(is_active=True).with_timetable().prefetch_related(members)
    views = agent_views()
    lengths = line_lengths([queue.pk for queue in queues])
    return [_queue_choice(queue, views, transferor, customers, lengths[queue.pk]) for queue in queues]


def _queue_choice(queue, views, transferor, customers, waiting):
    able = {"available", "busy", "wrapping_up"}
    words = [
        word_for(views[member.pk], customers)
        for member in queue.members
        if member.pk != transferor.pk and member.pk in views
    ]
    available = sum(word in able for word in words)
    return QueueChoice(queue, queue.is_open(), available, min(waiting, FARTHEST), waiting > FARTHEST)


def line_lengths(queues):
    """How many wait in each line, never counted beyond FARTHEST."""
    return {queue: QueueEntry.objects.filter(queue=queue)[: FARTHEST + 1].count() for queue in queues}


def position_in_transfer(session):
    """Of a session that waits for a representative: its request, or None."""
    if session.primary_id is not None:
        return None
    request = SupportRequest.objects.waiting().filter(session=session).first()
    return waiting_status(request) if request else None
