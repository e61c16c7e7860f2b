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
from webacd.queries.positions import latest_accepts

# The estimate changes with time, even while nothing happens.
AGAIN = timedelta(seconds=15)
# Customers farther back are told when they come nearer.
TOLD = 100


@dataclass(frozen=True)
class News:
    """What is new for one waiting customer."""

    entry: QueueEntry
    position: int
    minutes: tuple[int, int] | None

    @property
    def told(self) -> list[int | None]:
        return [self.position, *(self.minutes or (None, None))]


def tell_positions() -> bool:
    """Tell the customers near the head of each queue what is new to them; true if any customer waits at all."""
    anybody = False
    for queue in Queue.objects.all():
        entries = list(QueueEntry.objects.filter(queue=queue).in_order().select_related("request__session")[:TOLD])
        anybody = anybody or bool(entries)
        if queue.cherry_picking:
            _tell_pickers(queue)
        if entries:
            _tell(list(news_for(entries, latest_accepts(queue))))
    return anybody


def _tell_pickers(queue: Queue) -> None:
    """Have the inboxes of agents who can pick from the queue read it again."""
    board_changed(*(agent.stream for agent in Agent.objects.in_queue(queue).signed_in()))


def news_for(entries: Sequence[QueueEntry], accepts: Sequence[datetime]) -> Iterator[News]:
    """What is true now, for each of a queue's first entries whose customer was told something else."""
    overtaken_below = entries[0].priority
    for actual, entry in enumerate(entries, start=1):
        known = entry.request.shown_position
        shown = shown_position(known, actual, overtaken=entry.priority < overtaken_below)
        news = News(entry, shown, minutes_range(shown, accepts))
        if news.told != entry.told:
            yield news


def _tell(news: Sequence[News]) -> None:
    """Keep what is told, in as many statements for a hundred customers as for one, and tell it."""
    for each in news:
        each.entry.told, each.entry.request.shown_position = each.told, each.position
    QueueEntry.objects.bulk_update([each.entry for each in news], ["told"])
    SupportRequest.objects.bulk_update([each.entry.request for each in news], ["shown_position"])
    for each in news:
        request = each.entry.request
        stream = request.session.stream if request.session else request.stream
        transport.send_signal(stream, None, POSITION_TOLD, {"position": each.position, "minutes": each.minutes}, None)
