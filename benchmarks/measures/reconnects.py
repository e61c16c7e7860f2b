"""R3: the site has restarted, and two thousand pages come back; beside as many handshakes of node's `ws`."""

from uuid import uuid4

from benchmarks import machine
from benchmarks.contenders import NodeWs, ThisProduct, scenes
from benchmarks.load.dialects import Product
from benchmarks.load.reconnecting import reconnect

# Of a representative and a customer each.
SESSIONS, FEW_SESSIONS = 1000, 50
COST, TIME = "R3 a page comes back: cost", "R3 all pages come back"


def r3(run):
    """Each page is known by its cookie, in the session still, and followed again: the whole way of the product."""
    folder, node = run.folders.new(), run.folders.new()
    pages = _pages(scenes(folder=folder, sessions=FEW_SESSIONS if run.is_quick else SESSIONS, customers=1))
    bare = [("/ws/open/room/", "", None)] * len(pages)
    with ThisProduct(folder) as site:
        # They were here before the restart.
        reconnect(site.port, pages, b'"following"')
    for number in range(run.rounds):
        run.note(f"round {number + 1}")
        _measure(run, ThisProduct(folder), pages, b'"following"')
        _measure(run, NodeWs(node), bare, b" 101 ")
    for measure in (COST, TIME):
        run.results.compare(measure, "this product", "node ws", most=4)


def _pages(all_scenes):
    pages = []
    for scene in all_scenes:
        for path, cookie in (("sessions", scene["csr"]), ("support", scene["seats"][0])):
            hello = Product().text(frame="follow", after=scene["position"], page=uuid4().hex, secret=uuid4().hex)
            pages.append((f"/ws/{path}/{scene['key']}/", cookie, hello))
    return pages


def _measure(run, contender, pages, sign):
    """In a process that has just started."""
    with contender as server:
        cpu = machine.cpu_seconds(server.pid)
        seconds = reconnect(server.port, pages, sign)
        cpu = machine.cpu_seconds(server.pid) - cpu
    run.results.add(COST, server.name, "µs CPU", cpu / len(pages) * 1e6)
    run.results.add(TIME, server.name, "s", seconds)
