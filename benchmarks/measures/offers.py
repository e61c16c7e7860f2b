"""D3: from the moment an agent can have the next customer until the offer is on their page."""

import json
import time
from uuid import uuid4

from benchmarks import machine
from benchmarks.contenders import ThisProduct, run_python
from benchmarks.load.dialects import Product
from benchmarks.load.pages import Browser, get, post
from benchmarks.load.wire import Wire

WAITING = 1_000
PAUSE = 0.05
OFFER = b'"offer.made"'
REGION = "/webacd/inbox/regions/offers/"


def d3(run):
    """They decline, which frees them: routing, transaction, job, log, socket, and the page's own look at its offers."""
    folder = run.folders.new()
    line = json.loads(run_python("-m", "benchmarks.site.line", str(WAITING), folder=folder))
    with ThisProduct(folder) as site:
        inbox, browser = _open(site.port, line), Browser(site.port)
        offer = _next_offer(inbox)
        for number in range(run.rounds):
            run.note(f"round {number + 1}")
            waits, cpu = [], machine.cpu_seconds(site.pid)
            until = time.perf_counter() + run.seconds
            while time.perf_counter() < until:
                wait, offer = _decline(browser, inbox, line, offer)
                waits.append(wait)
                time.sleep(PAUSE)
            cpu = (machine.cpu_seconds(site.pid) - cpu) / len(waits)
            for share in (0.5, 0.99):
                wait = sorted(waits)[int(len(waits) * share)] * 1000
                run.results.add(f"D3 eligible to offer seen: p{share * 100:.0f}", "this product", "ms", wait)
            run.results.add("D3 eligible to offer seen: cost", "this product", "ms CPU", cpu * 1000)


def _open(port, line):
    wire = Wire(port, "/ws/webacd/inbox/", cookie=line["csr"])
    wire.send(Product().text(frame="follow", after=line["position"], page=uuid4().hex, secret="tab"))
    return wire


def _next_offer(inbox):
    return json.loads(inbox.wait_for(OFFER))["data"]["offer"]


def _decline(browser, inbox, line, offer):
    began = time.perf_counter()
    assert browser.fetch(post(f"/webacd/offers/{offer}/decline/", "", line["csr"])) == 200
    offer = _next_offer(inbox)
    assert browser.fetch(get(REGION, line["csr"])) == 200
    return time.perf_counter() - began, offer
