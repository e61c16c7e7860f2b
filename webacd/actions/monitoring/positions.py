"""Tell waiting customers their position and estimated wait, when these change, at most every 2 s (acd 8).

Each telling has the customer's page read its status again, so only those are told for whom something has changed: a
customer who enters at the end changes it for no one else, however many wait.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from supportcenter.live.delivery import transport
from webacd.actions.notify import board_changed
from webacd.engine.estimates import minutes_range, shown_position
from webacd.events import POSITION_TOLD
from webacd.models import Agent, Queue, QueueEntry, SupportRequest
from webacd.queries.positions import first_entries, latest_accepts
from webacd.queries.queues import staffed_among

# The estimate changes with time, even while nothing happens.
AGAIN = timedelta(seconds=15)
# Customers farther back are told when they come nearer.
TOLD = 100
# What is told to these is written at once: more in a statement costs more, since each row is compared with all of them.
IN_A_STATEMENT = 200


@dataclass(frozen=True)
class News:
    """What is new for one waiting customer."""

    entry: QueueEntry
    position: int
    minutes: tuple[int, int] | None
    staffed: bool

    @property
    def told(self) -> list[int | None]:
        return [self.position, *(self.minutes or (None, None)), self.staffed]


def tell_positions() -> bool:
    """Tell the customers near the head of each queue what is new to them; true if any customer waits at all."""
    _tell_pickers()
    waiting = first_entries(Queue.objects.all(), TOLD)
    if not waiting:
        return False
    news: list[News] = []
    accepts = latest_accepts(Queue.objects.filter(pk__in=waiting))
    staffed = staffed_among(waiting)
    for queue, entries in waiting.items():
        news += news_for(entries, accepts.get(queue, []), staffed=queue in staffed)
    _tell(news)
    return True


def _tell_pickers() -> None:
    """Have the inboxes of agents who can pick from a queue read it again."""
    pickers = Agent.objects.filter(memberships__queue__cherry_picking=True).signed_in().distinct()
    if streams := [agent.stream for agent in pickers]:
        board_changed(*streams)


def news_for(entries: Sequence[QueueEntry], accepts: Sequence[datetime], *, staffed: bool) -> Iterator[News]:
    """What is true now, for each of a queue's first entries whose customer was told something else.

    While no agent is signed in, there is no telling how long it takes.
    """
    overtaken_below = entries[0].priority
    for actual, entry in enumerate(entries, start=1):
        known = entry.request.shown_position
        shown = shown_position(known, actual, overtaken=entry.priority < overtaken_below)
        news = News(entry, shown, minutes_range(shown, accepts) if staffed else None, staffed)
        if news.told != entry.told:
            yield news


def _tell(news: Sequence[News]) -> None:
    """Keep what is told, so many in a statement, and tell it."""
    for each in news:
        each.entry.told, each.entry.request.shown_position = each.told, each.position
    QueueEntry.objects.bulk_update([each.entry for each in news], ["told"], batch_size=IN_A_STATEMENT)
    SupportRequest.objects.bulk_update(
        [each.entry.request for each in news], ["shown_position"], batch_size=IN_A_STATEMENT
    )
    for each in news:
        request = each.entry.request
        stream = request.session.stream if request.session else request.stream
        transport.send_signal(stream, None, POSITION_TOLD, {"position": each.position, "minutes": each.minutes}, None)
