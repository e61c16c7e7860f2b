"""G4: what pages that look on cost when a session changes: a customer joins it, or control passes."""

import json
import re

from benchmarks import machine
from benchmarks.contenders import ThisProduct, run_python
from benchmarks.load.pages import Browser, get

# As regions.js finds them, and what stands below one …/regions/.
REGION = re.compile(rb'<[^>]*data-region-url="([^"]*)"[^>]*data-refresh-on="([^"]*)"')
ONE_OF_MANY = re.compile(r"^(.*/regions/)([\w-]+)/$")
TOGETHER, ALONE = "this product", "the same regions, one by one"


def g4(run):
    """One process; the requests that its pages make for the events, and those for each region by itself, in turn."""
    folder = run.folders.new()
    scene = json.loads(run_python("-m", "benchmarks.site.looking_on", folder=folder))
    # A customer joins: one representative looks on. Control passes: both, and the customer.
    changes = {"a customer joins": scene["pages"][:1], "control passes": scene["pages"]}
    events = {"a customer joins": scene["joining"], "control passes": scene["passing"]}
    with ThisProduct(folder) as site:
        browser = Browser(site.port)
        asked = {what: _requests(browser, pages, set(events[what])) for what, pages in changes.items()}
        for number in range(run.rounds):
            for what, ways in asked.items():
                for who, requests in ways.items():
                    run.note(f"{what}, {who}, round {number + 1}")
                    _measure(run, site, browser, what, who, requests)
    for what in changes:
        run.results.compare(f"G4 {what}: requests", TOGETHER, ALONE, most=0.3)
        run.results.compare(f"G4 {what}: cost", TOGETHER, ALONE, most=0.3)


def _requests(browser, pages, events):
    """What all these pages ask for together, in either way."""
    together, alone = [], []
    for path, cookie in pages:
        assert browser.fetch(get(path, cookie)) == 200
        names = {}
        for url, heard in REGION.findall(browser.body):
            if events & set(heard.decode().split()):
                alone.append(get(url.decode(), cookie))
                address, name = ONE_OF_MANY.match(url.decode()).groups()
                names.setdefault(address, []).append(name)
        together += [get(f"{address}?names={','.join(named)}", cookie) for address, named in names.items()]
    assert together, f"no page hears {events}"
    return {TOGETHER: together, ALONE: alone}


def _measure(run, site, browser, what, who, requests):
    times = 10 if run.is_quick else 50
    for request in requests:
        browser.fetch(request)
    before = machine.cpu_seconds(site.pid)
    for _ in range(times):
        for request in requests:
            status = browser.fetch(request)
            assert status == 200, status
    run.results.add(f"G4 {what}: requests", who, "requests", len(requests))
    run.results.add(f"G4 {what}: cost", who, "ms CPU", (machine.cpu_seconds(site.pid) - before) / times * 1000)
