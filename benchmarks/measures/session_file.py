"""G2: the list of 100,000 sessions as a file, beside one bare statement whose rows go into the csv writer."""

import json
import time
from http.client import HTTPConnection

from benchmarks import machine
from benchmarks.contenders import ThisProduct, run_python

SESSIONS, FEW_SESSIONS = 100_000, 5_000
PATH = "/reports/sessions.csv?since=2000-01-01&until=2100-01-01"
COST, BARE = "G2 sessions as a file: cost", "bare statement and writer"
MIB = 1024 * 1024


def g2(run):
    """Over HTTP, in the words, the order and the time zone of the reader; the bare one says nothing to anyone."""
    sessions = FEW_SESSIONS if run.is_quick else SESSIONS
    folder = run.folders.new()
    manager = json.loads(run_python("-m", "benchmarks.site.ended_sessions", str(sessions), folder=folder))["manager"]
    with ThisProduct(folder) as site:
        # The first answer of a process loads what is kept from then on.
        _save(site, manager)
        for number in range(run.rounds):
            run.note(f"round {number + 1}")
            lines, first, cpu, grown = _save(site, manager)
            assert lines == sessions + 1, lines
            bare = json.loads(run_python("-m", "benchmarks.site.bare_file", folder=folder))
            run.results.add(COST, site.name, "s CPU", cpu)
            run.results.add(COST, BARE, "s CPU", bare["cpu"])
            run.results.add("G2 sessions as a file: first byte", site.name, "s", first)
            run.results.add("G2 sessions as a file: memory", site.name, "MiB", grown / MIB)
    run.results.compare(COST, ThisProduct.name, BARE, most=3)
    run.results.hold("G2 sessions as a file: first byte", ThisProduct.name, most=0.3)
    run.results.hold("G2 sessions as a file: memory", ThisProduct.name, most=10)


def _save(site, cookie):
    """Lines, seconds until the first, CPU seconds, and the most bytes that the site had grown by meanwhile."""
    cpu, memory, lines, grown = machine.cpu_seconds(site.pid), machine.memory(site.pid), 0, 0
    connection = HTTPConnection("127.0.0.1", site.port, timeout=600)
    began = time.perf_counter()
    connection.request("GET", PATH, headers={"Cookie": cookie})
    answer = connection.getresponse()
    assert answer.status == 200, answer.status
    lines += answer.read(1).count(b"\n")
    first = time.perf_counter() - began
    while some := answer.read(256 * 1024):
        lines += some.count(b"\n")
        grown = max(grown, machine.memory(site.pid) - memory)
    connection.close()
    return lines, first, machine.cpu_seconds(site.pid) - cpu, grown
