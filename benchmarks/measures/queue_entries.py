"""R6: two hundred customers enter a queue, one after the other: an empty one, and one in which 200 wait."""

import json
import time
from urllib.parse import urlencode

from benchmarks import machine
from benchmarks.contenders import ThisProduct, run_python
from benchmarks.load.pages import Browser, post

ENTRIES, FEW_ENTRIES = 200, 40
ENTERED = 302
TIME, COST = "R6 an entry into a queue", "R6 an entry into a queue: cost"
LONG, EMPTY = "this product", "this product, empty"


def r6(run):
    """A fresh process for either queue, since everyone who waits on a site is told their place. By turns the first."""
    entries = FEW_ENTRIES if run.is_quick else ENTRIES
    for number in range(run.rounds):
        turns = [(EMPTY, 0), (LONG, entries)]
        for who, waiting in turns if number % 2 else reversed(turns):
            run.note(f"{who}, round {number + 1}")
            _enter(run, who, waiting, entries)
    run.results.compare(TIME, LONG, EMPTY, most=1.2)
    run.results.compare(COST, LONG, EMPTY)


def _enter(run, who, waiting, entries):
    folder = run.folders.new()
    slug = json.loads(run_python("-m", "benchmarks.site.queue", str(waiting), folder=folder))
    with ThisProduct(folder) as site:
        browser = Browser(site.port)
        # The first page of its kind is slower, in either queue.
        browser.fetch(_form(slug, "The first"))
        began, cpu = time.perf_counter(), machine.cpu_seconds(site.pid)
        for number in range(entries):
            status = browser.fetch(_form(slug, f"Customer {number}"))
            assert status == ENTERED, status
        run.results.add(TIME, who, "ms", (time.perf_counter() - began) / entries * 1000)
        run.results.add(COST, who, "ms CPU", (machine.cpu_seconds(site.pid) - cpu) / entries * 1000)


def _form(slug, name):
    return post(f"/queues/{slug}/", urlencode({"name": name}))
