"""G7: what a look at the monitor costs: many customers in many queues, beside few queues, and beside few customers."""

import json
from contextlib import ExitStack

from benchmarks import machine
from benchmarks.contenders import ThisProduct, run_python
from benchmarks.load.pages import Browser, get

REGIONS = "/webacd/monitor/regions/?names=queues,agents,waiting"
LOOKS = 10
LONG, FEW_QUEUES, FEW_CUSTOMERS = "1,000 in 50 queues", "1,000 in 5 queues", "10 in 50 queues"
SITES = {LONG: (1_000, 50), FEW_QUEUES: (1_000, 5), FEW_CUSTOMERS: (10, 50)}


def g7(run):
    """The page, and its three regions as the board's signal has them read again; each site in turn."""
    with ExitStack() as stack:
        sites = [(who, *_start(run, stack, *size)) for who, size in SITES.items()]
        for number in range(run.rounds):
            for who, site, cookie in sites:
                run.note(f"{who}, round {number + 1}")
                _look(run, who, site, "page", get("/webacd/monitor/", cookie))
                _look(run, who, site, "regions", get(REGIONS, cookie))
    for what in ("page", "regions"):
        for unit in ("cost", "bytes"):
            run.results.compare(f"G7 {what}: {unit}", LONG, FEW_QUEUES, most=1.3)
            run.results.compare(f"G7 {what}: {unit}", LONG, FEW_CUSTOMERS)


def _start(run, stack, waiting, queues):
    folder = run.folders.new()
    size = [str(waiting), str(queues)]
    scene = json.loads(run_python("-m", "benchmarks.site.monitor", *size, folder=folder))
    return stack.enter_context(ThisProduct(folder)), scene["manager"]


def _look(run, who, site, what, request):
    browser = Browser(site.port)
    assert browser.fetch(request) == 200
    before = machine.cpu_seconds(site.pid)
    for _look_again in range(LOOKS):
        browser.fetch(request)
    cpu = machine.cpu_seconds(site.pid) - before
    browser.socket.close()
    run.results.add(f"G7 {what}: cost", who, "ms CPU", cpu / LOOKS * 1000)
    run.results.add(f"G7 {what}: bytes", who, "kB", len(browser.body) / 1000)
