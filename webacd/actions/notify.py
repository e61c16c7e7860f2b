"""Signals to the pages that watch, and jobs that look again. A page that misses a signal reads all on its return."""

from datetime import datetime, timedelta

from supportcenter import clock
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.delivery import transport
from webacd.events import BOARD_CHANGED, MONITOR

ROUTE, TELL_POSITIONS = "webacd.route", "webacd.tell_positions"
EVERY = timedelta(seconds=2)


def board_changed(*inboxes: str) -> None:
    """Have the monitor, and the inboxes named by their streams, read the queues and agents again."""
    for stream in (MONITOR, *inboxes):
        transport.send_signal(stream, None, BOARD_CHANGED, {}, None)


def route_soon(due: datetime | None = None) -> None:
    """Route after the caller's transaction has committed, so that its changes are seen."""
    run_later(ROUTE, due=due)


def look_again_by(due: datetime) -> None:
    """Plan one routing run, however many ask for it: what each was called for has been committed already."""
    if not Job.objects.pending().filter(kind=ROUTE, lease_until=None, due__lte=due).exists():
        route_soon(due=due)


def tell_positions_soon() -> None:
    """Tell positions at most every 2 s: one job waits, however much happens meanwhile (acd 8)."""
    if not Job.objects.filter(kind=TELL_POSITIONS, lease_until=None).exists():
        run_later(TELL_POSITIONS, due=clock.now() + EVERY)
