"""Telling those who watch. Fleeting: a page that misses it looks for itself when it is back."""

from datetime import timedelta

from supportcenter import clock
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.delivery import transport
from webacd.events import BOARD_CHANGED, MONITOR

ROUTE, TELL_POSITIONS = "webacd.route", "webacd.tell_positions"
EVERY = timedelta(seconds=2)


def board_changed(*inboxes):
    """The lines or the agents are not what they were: managers look again, and these agents."""
    for stream in (MONITOR, *inboxes):
        transport.send_signal(stream, None, BOARD_CHANGED, {}, None)


def route_soon(due=None):
    """Have somebody look who can get whom, in the caller's transaction: what it changed is seen then."""
    run_later(ROUTE, due=due)


def look_again_by(due):
    """One look is planned however many find another at it: what each of them was called for is committed already."""
    if not Job.objects.pending().filter(kind=ROUTE, lease_until=None, due__lte=due).exists():
        route_soon(due=due)


def tell_positions_soon():
    """At most every 2 s: one job is waiting, whatever happens meanwhile."""
    if not Job.objects.filter(kind=TELL_POSITIONS, lease_until=None).exists():
        run_later(TELL_POSITIONS, due=clock.now() + EVERY)
