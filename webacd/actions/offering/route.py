"""Route waiting customers to free agents: read, decide, make offers. Any number of processes may do it at once."""

from datetime import timedelta
from zlib import crc32

from django.db import connection, transaction

from supportcenter import clock
from webacd.actions.notify import look_again_by, route_soon
from webacd.actions.offering.make_offers import claim, make_decided_offers
from webacd.engine.routing_engine import decide
from webacd.queries.snapshot import read_snapshot

# Assignments in a transaction: few enough that its locks do not last long.
BATCH = 200
# How often a job plans again after what it found; the next job does the rest.
ROUNDS = 50
# How long to wait for the process that is routing, and after a deadline before looking again.
SOON = timedelta(milliseconds=100)
ROUTING_LOCK = crc32(b"webacd.route")


def route() -> int:
    """Offer what can be offered now and plan the next look for when a deadline passes; returns how many it offered."""
    offered = 0
    for _round in range(ROUNDS):
        done = route_some()
        offered += done or 0
        if done is None:
            break
    return offered


@transaction.atomic
def route_some() -> int | None:
    """Look once and make the offers; returns how many requests were offered, or None if there is no more to do now.

    If another process is routing, this one looks again in a moment: both would make the same plan.
    """
    if not take_routing_lock():
        look_again_by(clock.now() + SOON)
        return None
    snapshot = read_snapshot(most=BATCH)
    plan = decide(snapshot, most=BATCH)
    if plan.assignments:
        claimed = claim(plan.assignments, snapshot)
        make_decided_offers(claimed, snapshot)
        return len(claimed)
    if plan.again_at:
        route_soon(due=plan.again_at + SOON)
    return None


def take_routing_lock() -> bool:
    """Try to become the only process that routes, until the transaction ends; never waits. True if it worked.

    The lock saves work, no more: `claim` is what prevents assigning twice. On SQLite the one writer has it anyway.
    """
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ROUTING_LOCK])
        return cursor.fetchone()[0]
