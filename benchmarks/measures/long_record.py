"""R5: four managers read the longest record again and again; how long does a customer wait for the join page?"""

import json
import time

from benchmarks.contenders import ThisProduct, run_python
from benchmarks.load.beside import beside
from benchmarks.load.pace import at_a_pace, at_most
from benchmarks.load.pages import Browser, get

LINES, FEW_LINES, READERS = 20_000, 2_000, 4
# Join pages a second; and how long each phase is, as a multiple of the others' time.
PACE, LONG = 10, 10
WAIT, READING = "R5 join page beside readers", "R5 the readers"


def r5(run):
    """The same process, quiet and read from in turn."""
    folder = run.folders.new()
    lines = FEW_LINES if run.is_quick else LINES
    scene = json.loads(run_python("-m", "benchmarks.site.long_record", str(lines), str(READERS), folder=folder))
    record = f"/sessions/{scene['key']}/record"
    # All that a reader can ask for: a page of it, and the whole as a table.
    paths = [f"{record}/", f"{record}.csv"]
    with ThisProduct(folder) as site:
        browser = Browser(site.port)
        for number in range(run.rounds):
            run.note(f"quiet, round {number + 1}")
            _note_waits(run, "this product, quiet", _waits(browser, run.seconds * LONG))
            run.note(f"{READERS} readers, round {number + 1}")
            order = {"port": site.port, "paths": paths, "cookies": scene["readers"]}
            with beside("benchmarks.load.readers", **order) as told:
                waits = _waits(browser, run.seconds * LONG)
            _note_waits(run, "this product", waits)
            run.results.add(f"{READING}: answers", "the generator", "a second", told["answered 200"] / told["seconds"])
            run.results.add(f"{READING}: cost", "the generator", "cores", told["cpu"] / told["seconds"])
            run.note(f"the readers: {told}")
    run.results.compare(f"{WAIT}: p50", "this product", "this product, quiet")
    run.results.compare(f"{WAIT}: p99", "this product", "this product, quiet", most=2)


def _waits(browser, seconds):
    def ask():
        status = browser.fetch(get("/join/"))
        assert status == 200, status
        return time.perf_counter()

    return at_a_pace(ask, seconds=seconds, rate=PACE)


def _note_waits(run, who, waits):
    for share in (0.5, 0.99):
        run.results.add(f"{WAIT}: p{share * 100:.0f}", who, "ms", at_most(waits, share))
