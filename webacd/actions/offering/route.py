"""Giving waiting customers to free agents: look, decide, make the offers. Any number of processes may do it at once."""

from datetime import timedelta
from zlib import crc32

from django.db import connection, transaction

from supportcenter import clock
from webacd.actions.notify import look_again_by, route_soon
from webacd.actions.offering.make_offers import claim, make_decided_offers
from webacd.engine.routing_engine import decide
from webacd.queries.snapshot import read_snapshot

# Assignments a transaction: few enough that nobody waits long for its locks.
BATCH = 200
# A plan that another process has carried out meanwhile is made anew so many times; the next job does the rest.
ROUNDS = 50
# The board need not be exact to the moment.
SOON = timedelta(milliseconds=100)
ROUTING_LOCK = crc32(b"webacd.route")


def route() -> int:
    """Offer whatever can be offered now, and plan the next look for when something runs out; say how many were."""
    offered = 0
    for _round in range(ROUNDS):
        done = route_some()
        offered += done or 0
        if done is None:
            break
    return offered


@transaction.atomic
def route_some() -> int | None:
    """One look and its offers: how many requests were offered, or None when there is nothing more to do for now.

    Where somebody else is at it, we come back in a moment: two would come to the same plan, and one work in vain.
    """
    if not take_routing_lock():
        look_again_by(clock.now() + SOON)
        return None
    snapshot = read_snapshot(most=BATCH)
    plan = decide(snapshot, most=BATCH)
    if plan.assignments:
        taken = claim(plan.assignments, snapshot)
        make_decided_offers(taken)
        return len(taken)
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
