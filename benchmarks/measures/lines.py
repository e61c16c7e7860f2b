"""G3: what a line of chat costs, until it is on three pages, beside a view that inserts the same two rows."""

import time
from contextlib import ExitStack
from itertools import cycle, islice
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks import machine
from benchmarks.contenders import TextbookView, ThisProduct, scenes
from benchmarks.load.dialects import Product
from benchmarks.load.pages import Browser, post
from benchmarks.load.wire import Wire

CUSTOMERS = 3
# In a round, each with its own people: nobody may write as fast as the measure, and few write more than this a minute.
SESSIONS, FEW_SESSIONS, LINES_EACH = 12, 4, 8
COST = "G3 line of chat by a {who}: cost"
RATE = "G3 line of chat by a {who}: lines"


def g3(run):
    """Request, transaction, log, hub and three sockets; the textbook's view has the request and the transaction."""
    number = FEW_SESSIONS if run.is_quick else SESSIONS
    with ExitStack() as stack:
        ours, theirs = (stack.enter_context(kind(run.folders.new())) for kind in (ThisProduct, TextbookView))
        for each in range(run.rounds):
            run.note(f"round {each + 1}")
            made = scenes(folder=ours.folder, sessions=number, customers=CUSTOMERS)
            _measure(run, ours, "CSR", [(_as_csr, scene) for scene in made])
            _measure(run, ours, "customer", [(_as_customer, scene) for scene in made])
            made = scenes(folder=theirs.folder, sessions=number, lines=1, settings=TextbookView.settings)
            _measure(run, theirs, "CSR", [(_as_in_the_textbook, scene) for scene in made])
            for what in (COST, RATE):
                rows = run.results.figures[what.format(who="CSR")]["textbook view"]
                run.results.add(what.format(who="customer"), theirs.name, rows.unit, rows.rounds[-1])
    for who in ("CSR", "customer"):
        run.results.compare(COST.format(who=who), ours.name, theirs.name, most=2.5)
        run.results.compare(RATE.format(who=who), ours.name, theirs.name)


def _measure(run, site, who, people):
    with ExitStack() as stack:
        pages = [_open(stack, site, scene) for _say, scene in people]
        browser = Browser(site.port)
        turns = [*zip(people, pages, strict=True)]
        # The first line of a process, and of a session, is slower.
        for (ask, scene), watching in turns:
            _say(browser, ask, scene, watching)
        lines = [*islice(cycle(turns), len(turns) * LINES_EACH)]
        before = machine.cpu_seconds(site.pid)
        for (ask, scene), watching in lines:
            _say(browser, ask, scene, watching)
        cpu = (machine.cpu_seconds(site.pid) - before) / len(lines)
    run.results.add(COST.format(who=who), site.name, "ms CPU", cpu * 1000)
    run.results.add(RATE.format(who=who), site.name, "a second a core", 1 / cpu)


def _open(stack, site, scene):
    pages = []
    for seat in scene["seats"]:
        wire = Wire(site.port, f"/ws/support/{scene['key']}/", cookie=seat)
        stack.callback(wire.close)
        wire.send(Product().text(frame="follow", after=scene["position"], page=uuid4().hex, secret="tab"))
        wire.wait_for(b'"following"')
        pages.append(wire)
    return pages


def _say(browser, ask, scene, pages):
    text = uuid4().hex
    browser.ask(ask(scene, urlencode({"text": text, "client_id": text})))
    for page in pages:
        page.wait_for(text.encode())
    while (status := browser.read()) is None:
        time.sleep(0)
    assert status == 200, status


def _as_csr(scene, form):
    return post(f"/sessions/{scene['key']}/messages/", form, scene["csr"])


def _as_customer(scene, form):
    return post(f"/support/{scene['key']}/messages/", form, scene["seats"][0])


def _as_in_the_textbook(scene, form):
    return post(f"/lines/{scene['key']}/{scene['primary']}/{scene['stream']}/", form, scene["csr"])
