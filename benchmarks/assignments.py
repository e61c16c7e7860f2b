"""D2: assignments a second, eight processes, against the bare one-statement SQL in the same run. PostgreSQL.

    DATABASE_URL=postgres://… python -m benchmarks.assignments [waiting …]      (the database is emptied)

Each of ours is a whole assignment, as the site makes it: snapshot, decision, offer, its record with the candidates,
event, deadline; the bare one marks a row. Both take from the head of a line of so many waiting, for 200 agents; rounds
alternate. Who finds another at it comes back in a tenth of a second, as on the site. Counted until the last is taken.
"""

import multiprocessing
import os
import statistics
import sys
import tempfile
import time

import django

from tests.environment import site_environment, take_on

# Never what an `.env` names, which the site may be using.
if not os.environ.get("DATABASE_URL"):
    sys.exit("Name the database that may be emptied: DATABASE_URL=postgres://…")
FOLDER = tempfile.TemporaryDirectory()
take_on(site_environment(FOLDER.name, DATABASE_URL=os.environ["DATABASE_URL"]))
django.setup()

from django.core.management import call_command  # noqa: E402 - Django first
from django.db import connection  # noqa: E402

from supportcenter.live.delivery.hub import hub  # noqa: E402
from supportcenter.management.commands.serve import tune_interpreter  # noqa: E402
from tests.webacd.race import fill  # noqa: E402
from webacd.actions.offering.route import SOON, route_some  # noqa: E402
from webacd.models import QueueEntry  # noqa: E402

WORKERS, AGENTS, SECONDS, ROUNDS = 8, 200, 3, 3
BARE = """
    UPDATE webacd_waiting SET offered_until = now() WHERE request_id = (
        SELECT request_id FROM webacd_waiting WHERE offered_until IS NULL AND queue_id = %s
        ORDER BY queue_id, priority DESC, since, request_id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING request_id
"""
TABLES = "webacd_queue, accounts_user, live_eventstream, jobs_job"
# A shorter line would be gone before there is a rate: it is kept as long as it is by those who come in from behind.
SHORT, RESERVE, FEED_EVERY = 1_000, 30_000, 0.003
FEED = """
    INSERT INTO webacd_waiting (request_id, queue_id, priority, since, in_queue_since, escalated, overflowed, customers)
    SELECT id, queue_id, 0, arrived_at, arrived_at, false, false, 1 FROM webacd_supportrequest
    WHERE id > %(last)s ORDER BY id
    LIMIT greatest(0, %(length)s - (SELECT count(*) FROM webacd_waiting WHERE offered_until IS NULL))
    RETURNING request_id
"""


def bare(until, come):
    """One row a statement, as fast as the database can."""
    taken, empty = Taken(), 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM webacd_queue ORDER BY id")
        queues = [row[0] for row in cursor.fetchall()]
        while time.perf_counter() < until and (empty < len(queues) or come.acquire(timeout=SOON.total_seconds())):
            cursor.execute(BARE, [queues[(len(taken.requests) + empty) % len(queues)]])
            row = cursor.fetchone()
            empty = 0 if row else empty + 1
            taken.add(row)
    return taken


def ours(until, come):
    """Assign; then let the agents be free again, as if all had answered at once, within the measured time.

    A worker that finds nothing to do is called when somebody comes, or looks again in a moment.
    """
    taken = Taken()
    while time.perf_counter() < until:
        if route_some():
            taken.add(_answer())
        elif not come.acquire(timeout=SOON.total_seconds()) and not QueueEntry.objects.exists():
            break
    return taken


def _answer():
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE webacd_offer SET state = 'accepted', over_at = now() WHERE state = 'open' RETURNING request_id"
        )
        done = [row[0] for row in cursor.fetchall()]
        if done:
            cursor.execute("DELETE FROM webacd_waiting WHERE request_id = ANY(%s)", [done])
    return done


def worker(name, barrier, results, come):
    # As on a site, where the process that routes is one to which pages connect. Both sides.
    hub.serves = True
    tune_interpreter()
    connection.ensure_connection()
    barrier.wait()
    results.put(globals()[name](time.perf_counter() + SECONDS, come))
    connection.close()


def feed(length, come):
    """Let as many come in as have been taken, and call one of those who have nothing to do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(request_id) FROM webacd_waiting")
        (last,) = cursor.fetchone()
        while True:
            cursor.execute(FEED, {"last": last, "length": length})
            came = [row[0] for row in cursor.fetchall()]
            if came:
                last = max(came)
                come.release()
            time.sleep(FEED_EVERY)


class Taken:
    """What one worker has taken, and when the last of it: what comes after that is waiting in vain."""

    def __init__(self):
        self.requests, self.at = [], 0.0

    def add(self, requests):
        if requests:
            self.requests += requests
            self.at = time.perf_counter()


def race(name, waiting):
    """Assignments a second of eight processes, and how many customers went to two of them."""
    connection.close()
    context = multiprocessing.get_context("fork")
    barrier, results, come = context.Barrier(WORKERS + 1), context.Queue(), context.Semaphore(0)
    processes = [context.Process(target=worker, args=(name, barrier, results, come)) for _ in range(WORKERS)]
    feeder = context.Process(target=feed, args=(waiting, come), daemon=True)
    for process in processes:
        process.start()
    barrier.wait()
    if waiting <= SHORT:
        feeder.start()
    began = time.perf_counter()
    all_taken = [results.get(timeout=120) for _ in processes]
    taken = [request for each in all_taken for request in each.requests]
    seconds = max(each.at for each in all_taken) - began
    for process in processes:
        process.join()
    if waiting <= SHORT:
        feeder.kill()
        feeder.join()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) - count(DISTINCT request_id) FROM webacd_offer")
        (offered_twice,) = cursor.fetchone()
    return len(taken) / seconds, len(taken) - len(set(taken)) + offered_twice


def refill(waiting):
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLES} RESTART IDENTITY CASCADE")
    fill(AGENTS, 100, min(waiting, 2_000))
    with connection.cursor() as cursor:
        _copy_requests(cursor, RESERVE if waiting <= SHORT else waiting - 2_000)
        if waiting > SHORT:
            cursor.execute(FEED, {"last": min(waiting, 2_000), "length": waiting})
        cursor.execute("ANALYZE")


def _copy_requests(cursor, more):
    """Who came later, in one statement; all have come by now."""
    cursor.execute(
        """INSERT INTO webacd_supportrequest (key, kind, entry_queue_id, queue_id, name, email, language, answers,
               seat_hash, message, arrived_at, made_at, last_seen_at, page, outcome)
           SELECT 'copy' || n, kind, entry_queue_id, queue_id, name, email, language, answers, seat_hash, message,
               now() - interval '1 second' + n * interval '1 microsecond', made_at, last_seen_at, page, outcome
           FROM (SELECT * FROM webacd_supportrequest ORDER BY id LIMIT 1) AS one, generate_series(1, %s) AS n""",
        [max(0, more)],
    )


def main(sizes):
    call_command("migrate", verbosity=0)
    print(f"{WORKERS} workers, {AGENTS} agents, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    # A site has been running for a while.
    refill(AGENTS)
    route_some()
    for waiting in sizes:
        rates, double = {"bare": [], "ours": []}, 0
        for _round in range(ROUNDS):
            for name, found in rates.items():
                refill(waiting)
                rate, twice = race(name, waiting)
                found.append(rate)
                double += twice
        bare_rate, our_rate = (statistics.median(found) for found in rates.values())
        ratio = our_rate / bare_rate
        print(
            f"N={waiting:<8} bare {bare_rate:7.0f}/s  ours {our_rate:7.0f}/s  ratio {ratio:.2f}  double {double}",
            flush=True,
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100, 10_000])
