"""M1: what an admin who looks on costs when a session changes, with 300 running and with three."""

import json
import re
from contextlib import ExitStack
from urllib.parse import urlencode

from benchmarks import machine
from benchmarks.contenders import ThisProduct, run_python
from benchmarks.load.pages import Browser, get

MANY, FEW = 300, 3
ORDER = re.compile(rb'data-order="(\w+)"')
COST, SIZE = "M1 a change that is shown: cost", "M1 a change that is shown: answer"
ROW, LIST, FEWER = "this product, its row", "this product, the whole list", f"this product, its row of {FEW}"


def m1(run):
    """A session that is on the page: its row as the page asks for it, and the page of the list as it did before."""
    with ExitStack() as stack:
        contenders = []
        for sessions in (MANY, FEW):
            folder = run.folders.new()
            scene = json.loads(run_python("-m", "benchmarks.site.running", str(sessions), folder=folder))
            contenders.append((stack.enter_context(ThisProduct(folder)), scene))
        (many, scene), (few, small_scene) = contenders
        asked = [
            (ROW, many, _row(many, scene)),
            (LIST, many, get("/sessions/monitoring/region/?", scene["admin"])),
            (FEWER, few, _row(few, small_scene)),
        ]
        for number in range(run.rounds):
            for who, site, request in asked:
                run.note(f"{who}, round {number + 1}")
                _measure(run, who, site, request)
    for what in (COST, SIZE):
        run.results.compare(what, ROW, FEWER, most=1.3)
        run.results.compare(what, ROW, LIST)


def _row(site, scene):
    browser = Browser(site.port)
    assert browser.fetch(get("/sessions/monitoring/", scene["admin"])) == 200
    order = ORDER.search(browser.body)[1].decode()
    asked = urlencode({"keys": scene["keys"][1], "order": order})
    return get(f"/sessions/monitoring/rows/?{asked}", scene["admin"])


def _measure(run, who, site, request):
    browser, asked = Browser(site.port), 40 if run.is_quick else 200
    browser.fetch(request)
    before = machine.cpu_seconds(site.pid)
    for _ in range(asked):
        status = browser.fetch(request)
        assert status == 200, status
    run.results.add(COST, who, "ms CPU", (machine.cpu_seconds(site.pid) - before) / asked * 1000)
    assert who == LIST or b"<tr" in browser.body, "the session has ended"
    run.results.add(SIZE, who, "bytes", len(browser.body))
