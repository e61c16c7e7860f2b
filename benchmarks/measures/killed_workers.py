"""J2: five hundred invitations, while those who send them are killed five times."""

import sys
import time
from collections import Counter, defaultdict
from contextlib import ExitStack, contextmanager

from benchmarks import machine
from benchmarks.load.mail_sink import MailSink
from benchmarks.mailing import OURS, Teller, celery, end, mailing_environment, start
from benchmarks.measures.invitations import database_for_workers
from tests.services import redis_server

INVITATIONS, FEW_INVITATIONS, KILLS = 500, 60, 5
LOST, TWICE, AGAIN, UNTOLD = "lost", "twice", "again with the same Message-ID", "not told as sent"


def j2(run):
    """SIGKILL at the moment when the mail server has said yes, the worst there is. A mail server cannot be asked."""
    invitations = FEW_INVITATIONS if run.is_quick else INVITATIONS
    with ExitStack() as stack:
        servers = {"redis": stack.enter_context(redis_server()), "database": database_for_workers(run, stack)}
        _measure(run, "Celery", invitations, _worker, **servers)
    _measure(run, "embedded", invitations, _serve)


def _measure(run, name, invitations, sender, **servers):
    run.note(name)
    folder = run.folders.new(servers.get("database", ""))
    with MailSink() as sink, ExitStack() as stack:
        environment = mailing_environment(folder, sink, **servers)
        inviter = stack.enter_context(Teller("benchmarks.site.inviter", environment=environment, folder=folder))
        if servers:
            beat = ("beat", "--schedule", str(folder / "beat"))
            stack.enter_context(celery(OURS, environment, folder, *beat))
        began = time.perf_counter()
        inviter.ask(invitations, answers=invitations)
        for kill in range(1, KILLS + 1):
            # Who sends is killed at the end of this block.
            with sender(environment, folder):
                sink.wait_for_number(invitations * kill // (KILLS + 1))
        with sender(environment, folder):
            sink.wait_for_number(invitations)
            run.results.add(f"J2 {name}: until the last", "this product", "s", time.perf_counter() - began)
            told = _sent_of(inviter, invitations)
    lost = invitations - len({one["to"] for one in sink.arrivals})
    found = {LOST: lost, UNTOLD: invitations - told, **_repeated(sink.arrivals)}
    for what, number in found.items():
        run.results.add(f"J2 {name}: {what}", "this product", "invitations", number)
    for what in (LOST, TWICE, UNTOLD):
        run.results.hold(f"J2 {name}: {what}", "this product", most=0)


def _sent_of(inviter, invitations, patience=120):
    """What those who invite are told in the end: the last are noted a moment after they have come."""
    until = time.perf_counter() + patience
    while (told := inviter.ask("states")[0].get("sent", 0)) < invitations and time.perf_counter() < until:
        time.sleep(0.5)
    return told


def _repeated(arrivals):
    """Who got two messages, and who the same one twice, of which a mail program shows one."""
    messages, copies = defaultdict(set), Counter()
    for one in arrivals:
        messages[one["to"]].add(one["id"])
        copies[one["id"]] += 1
    return {TWICE: sum(len(ids) > 1 for ids in messages.values()), AGAIN: sum(n - 1 for n in copies.values())}


def _worker(environment, folder):
    return celery(OURS, environment, folder)


@contextmanager
def _serve(environment, folder):
    command = [sys.executable, "manage.py", "serve", "--port", str(machine.free_port())]
    with (folder / "serve.txt").open("a") as said:
        process = start(command, environment, stdout=said, stderr=said)
        try:
            yield
        finally:
            end(process)
