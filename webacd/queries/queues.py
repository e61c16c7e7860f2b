"""Which queues there are for a page, a manager, or a request that is sent on."""

from collections.abc import Iterable

from supportcenter.accounts.models import User
from supportcenter.refusals.found import found
from supportcenter.text.whole_numbers import whole_number
from webacd.errors import QueueUnknown
from webacd.models import Agent, Queue, SupportRequest
from webacd.models.agent import AgentQuerySet
from webacd.models.queue import QueueMembership, QueueQuerySet


def open_queues() -> list[Queue]:
    """The queues whose entry link works now."""
    return [queue for queue in Queue.objects.filter(is_active=True).with_timetable() if queue.is_open()]


def queue_named(key: str) -> Queue:
    """The queue whose key a form brings. Raises QueueUnknown."""
    return found(Queue.objects.filter(pk=whole_number(key)).first(), QueueUnknown)


def first_open(queues: Iterable[Queue | None]) -> Queue | None:
    return next((queue for queue in queues if queue and queue.is_open()), None)


def members_of(queue: Queue) -> AgentQuerySet:
    """The queue's agents whose account is in use."""
    return Agent.objects.in_queue(queue).active().select_related("user")


def is_staffed(queue: Queue) -> bool:
    """Whether any agent of the queue is signed in, with a page open or with time left to open one again (E47)."""
    return Agent.objects.in_queue(queue).staffing().exists()


def staffed_among(queues: Iterable[int]) -> set[int]:
    """The keys of those of these queues that are staffed."""
    rows = QueueMembership.objects.filter(queue__in=list(queues), agent__in=Agent.objects.staffing())
    return set(rows.values_list("queue", flat=True))


def queue_for_message(request: SupportRequest | None) -> Queue:
    """Where a message is left after this request: its own queue, else the default one, else any that is in use.

    Raises QueueUnknown.
    """
    own = request.own_queue if request else None
    in_use = Queue.objects.filter(is_active=True)
    return found(own or Queue.objects.default() or in_use.first(), QueueUnknown)


def managed_queues(user: User) -> QueueQuerySet:
    return Queue.objects.managed_by(user).distinct()
