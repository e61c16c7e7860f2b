"""P1: a real line in a real session, from the press of Enter until twenty customers' pages have it."""

import time
from itertools import cycle
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks import machine
from benchmarks.contenders import ThisProduct, scenes
from benchmarks.load.dialects import Product
from benchmarks.load.pages import Browser, post
from benchmarks.load.wire import Wire

CUSTOMERS = 20
# In turn, since nobody may write as fast as the measure.
SESSIONS = 4
PAUSE = 0.05


def p1(run):
    """Request, transaction, log, hub and twenty sockets: the whole way of the product."""
    folder = run.folders.new()
    all_scenes = scenes(folder=folder, sessions=SESSIONS, customers=CUSTOMERS)
    with ThisProduct(folder) as site:
        sessions = cycle([(scene, [_open(site.port, scene, seat) for seat in scene["seats"]]) for scene in all_scenes])
        browser = Browser(site.port)
        for number in range(run.rounds):
            run.note(f"round {number + 1}")
            waits, cpu = [], machine.cpu_seconds(site.pid)
            until = time.perf_counter() + run.seconds
            while time.perf_counter() < until:
                waits.append(_say(browser, *next(sessions)))
                time.sleep(PAUSE)
            cpu = (machine.cpu_seconds(site.pid) - cpu) / len(waits)
            for share in (0.5, 0.99):
                wait = sorted(waits)[int(len(waits) * share)] * 1000
                run.results.add(f"P1 chat line seen by {CUSTOMERS}: p{share * 100:.0f}", "this product", "ms", wait)
            run.results.add("P1 chat line: cost", "this product", "ms CPU", cpu * 1000)


def _open(port, scene, seat):
    wire = Wire(port, f"/ws/support/{scene['key']}/", cookie=seat)
    wire.send(Product().text(frame="follow", after=scene["position"], page=uuid4().hex, secret="tab"))
    wire.wait_for(b'"following"')
    return wire


def _say(browser, scene, pages):
    text = uuid4().hex
    form = urlencode({"text": text, "client_id": text})
    began = time.perf_counter()
    browser.ask(post(f"/sessions/{scene['key']}/messages/", form, scene["csr"]))
    for page in pages:
        page.wait_for(text.encode())
    waited = time.perf_counter() - began
    while (status := browser.read()) is None:
        pass
    assert status == 200, status
    return waited
