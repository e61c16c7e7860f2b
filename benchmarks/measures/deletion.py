"""G8: a chat goes on while customers are erased, and while retention deletes a hundred thousand sessions."""

import json
import time
from contextlib import ExitStack, contextmanager
from statistics import median

from benchmarks import machine
from benchmarks.contenders import ThisProduct, run_python, scenes
from benchmarks.load.beside import beside
from benchmarks.load.pace import at_most
from benchmarks.load.talk import SESSIONS, Talk

# Nobody writes ten lines at once, so that many in a session of two.
OVERDUE, FEW_OVERDUE, LINES = 100_000, 400, 18
# How long each phase is, as a share of the others' time.
LONG = 10
CHAT, LOCK = "G8 chat line", "G8 wait for the write lock"
QUIET, BUSY, ERASURE, RETENTION = "quiet", "this product", "beside erasures", "beside retention"


def g8(run):
    """What people who chat wait, and what anybody waits who wants to write; each phase in turn."""
    folder = run.folders.new()
    each = int(run.seconds * LONG)
    overdue = FEW_OVERDUE if run.is_quick else OVERDUE
    told = _overdue(folder, "fill", overdue, run.rounds * each, LINES)
    _note_statements(run, folder)
    all_scenes = scenes(folder=folder, sessions=SESSIONS, customers=1)
    longest = dict.fromkeys((QUIET, ERASURE, RETENTION), 0)
    with ThisProduct(folder) as site:
        talk = Talk(site.port, all_scenes)
        talk.wait(1)
        busy = {
            QUIET: _nothing,
            ERASURE: lambda: _erasures(run, site, told, each),
            RETENTION: lambda: _retention(run, folder),
        }
        for number in range(run.rounds):
            for who, work in busy.items():
                run.note(f"{who}, round {number + 1}")
                longest[who] = max(longest[who], _measure(run, who, site, talk, work))
    for who in (ERASURE, RETENTION):
        run.results.add(f"{LOCK} {who}: longest of all", QUIET, "ms", longest[QUIET])
        run.results.add(f"{LOCK} {who}: longest of all", BUSY, "ms", longest[who])
        run.results.compare(f"{CHAT} {who}: p50", BUSY, QUIET)
        run.results.compare(f"{CHAT} {who}: p99", BUSY, QUIET, most=2)
        run.results.hold(f"{LOCK} {who}: longest of all", BUSY, most=50)
    run.results.hold("G8 statements of retention", "a session", most=2)


def _measure(run, who, site, talk, work):
    """Returns the longest wait for the lock."""
    with ExitStack() as stack:
        stack.enter_context(work())
        lock = stack.enter_context(beside("benchmarks.load.write_lock", file=str(site.folder / "support.sqlite3")))
        began, cpu = time.perf_counter(), machine.cpu_seconds(site.pid)
        waits = talk.wait(run.seconds * LONG)
        cores = (machine.cpu_seconds(site.pid) - cpu) / (time.perf_counter() - began)
    run.results.add("G8 CPU of the site", who, "cores", cores)
    # What is quiet is compared with each of the others, in a table of its own.
    for beside_what in (ERASURE, RETENTION) if who == QUIET else (who,):
        for share in (0.5, 0.99):
            name = f"{CHAT} {beside_what}: p{share * 100:.0f}"
            run.results.add(name, QUIET if who == QUIET else BUSY, "ms", at_most(waits, share))
    run.results.add(f"{LOCK}: p99", who, "ms", lock["p99"])
    run.results.add(f"{LOCK}: longest", who, "ms", lock["longest"])
    return lock["longest"]


@contextmanager
def _nothing():
    yield


@contextmanager
def _erasures(run, site, told, most):
    mine, told["erasures"] = told["erasures"][:most], told["erasures"][most:]
    with beside("benchmarks.load.erasures", port=site.port, paths=mine, cookie=told["admin"]) as erased:
        yield
    run.results.add("G8 erasure of a customer", "POST to answer: p50", "ms", median(erased["waits"]))


@contextmanager
def _retention(run, folder):
    before, began = _overdue(folder, "delete")["left"], time.perf_counter()
    yield
    deleted = before - _overdue(folder, "keep")["left"]
    run.results.add("G8 retention", "sessions deleted", "a second", deleted / (time.perf_counter() - began))


def _note_statements(run, folder):
    counted = _overdue(folder, "count")
    each = counted["statements"] / counted["sessions"]
    run.results.add("G8 statements of retention", "a session", "statements", each)


def _overdue(folder, *work):
    """See benchmarks/site/overdue.py."""
    return json.loads(run_python("-m", "benchmarks.site.overdue", *map(str, work), folder=folder))
