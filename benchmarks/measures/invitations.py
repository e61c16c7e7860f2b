"""J1: from the commit of an invitation until a mail server has taken it."""

import statistics
import time
from contextlib import ExitStack, contextmanager

from benchmarks.load.mail_sink import MailSink
from benchmarks.mailing import BARE, OURS, Teller, celery, mailing_environment, other_redis
from tests.services import NotFoundError, postgres_database, redis_server

INVITATIONS, FEW_INVITATIONS, WARM_UP = 60, 10, 5
EMBEDDED, CELERY, TEXTBOOK = "this product, embedded", "this product, Celery", "bare Celery"
# Seconds in which a side notes what it has sent: on the core of them all, and before the next is measured.
REST = 0.1
WAIT, SLOWEST, SIZE = "J1 commit to accepted: p50", "J1 commit to accepted: p95", "J1 size of the message"


def j1(run):
    """One at a time, in turn: embedded on SQLite; on PostgreSQL our Celery worker, and a bare one."""
    invitations = FEW_INVITATIONS if run.is_quick else INVITATIONS
    with all_sides(run) as sides:
        for side in sides.values():
            side.waits(WARM_UP)
        for number in range(run.rounds):
            run.note(f"round {number + 1}")
            waits = {name: [] for name in sides}
            for _ in range(invitations):
                for name, side in sides.items():
                    waits[name] += side.waits(1)
            for name, found in waits.items():
                run.results.add(WAIT, name, "ms", statistics.median(found) * 1000)
                run.results.add(SLOWEST, name, "ms", sorted(found)[int(len(found) * 0.95)] * 1000)
        for name, side in sides.items():
            run.results.add(SIZE, name, "bytes", side.sink.arrivals[-1]["size"])
    for name, most in {EMBEDDED: 0.5, CELERY: 1.2}.items():
        run.results.compare(WAIT, name, TEXTBOOK, most=most)
        run.results.compare(SLOWEST, name, TEXTBOOK)


class Side:
    """Somebody who commits, and a mail server of theirs."""

    def __init__(self, teller, sink):
        self.teller, self.sink = teller, sink

    def waits(self, number):
        """Seconds from commit to accepted, of so many, the next when the last has come."""
        found = []
        for _ in range(number):
            [committed] = self.teller.ask(1)
            found.append(self.sink.wait_for(committed["to"])["at"] - committed["at"])
            time.sleep(REST)
        return found


@contextmanager
def all_sides(run):
    with ExitStack() as stack:
        redis, database = stack.enter_context(redis_server()), database_for_workers(run, stack)
        ours, bare = ({"database": database, "redis": other_redis(redis, number)} for number in (0, 1))
        embedded = side(run, stack, "benchmarks.site.inviter", "--runs-jobs")
        yield {
            EMBEDDED: embedded,
            CELERY: side(run, stack, "benchmarks.site.inviter", app=OURS, **ours),
            TEXTBOOK: side(run, stack, BARE, app=BARE, **bare),
        }


def side(run, stack, module, *options, app=None, **servers):
    folder, sink = run.folders.new(servers.get("database", "")), stack.enter_context(MailSink())
    environment = mailing_environment(folder, sink, **servers)
    teller = stack.enter_context(Teller(module, *options, environment=environment, folder=folder))
    if app:
        stack.enter_context(celery(app, environment, folder))
    return Side(teller, sink)


def database_for_workers(run, stack):
    """As in docker-compose.yml, where there is one; else SQLite does it."""
    try:
        return stack.enter_context(postgres_database())
    except NotFoundError as missing:
        run.note(f"{missing}: on SQLite")
        return ""
