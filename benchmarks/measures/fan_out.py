"""F1, F2, F3: what it costs, and how long it takes, until everybody in a room has heard what one of them said."""

from contextlib import ExitStack

from benchmarks.contenders import NodeSocketIo, NodeWs, Textbook, ThisProduct
from benchmarks.load.fan import Fan
from benchmarks.meshcentral import MeshCentralPairs, MeshCentralSessions

ALL = (ThisProduct, NodeWs, NodeSocketIo, Textbook)


def f1(run):
    """The cost of a delivery: one room, the next message when everybody has the last."""
    for size in run.sizes(100, 1000):
        measure = f"F1 cost of a delivery, 1×{size}"
        for contender, fan in _fans(run, ALL, rooms=1, size=size):
            heard = _whole(fan.one_at_a_time(run.seconds), contender)
            run.results.add(measure, contender.name, "µs CPU", heard.micros_each)
        run.results.compare(measure, "this product", "node ws", most=7)
        run.results.compare(measure, "this product", "socket.io")
        run.results.compare(measure, "this product", "textbook Channels", most=0.25)


def f2(run):
    """The wait, at the pace of people: one room of 100, ten messages a second."""
    for contender, fan in _fans(run, (*ALL, MeshCentralSessions), rooms=1, size=100):
        heard = _whole(fan.at_a_rate(run.seconds, rate=10), contender)
        run.results.add("F2 wait, 1×100 at 10/s: p50", contender.name, "ms", heard.wait(0.5))
        run.results.add("F2 wait, 1×100 at 10/s: p99", contender.name, "ms", heard.wait(0.99))
    for share in ("p50", "p99"):
        measure = f"F2 wait, 1×100 at 10/s: {share}"
        run.results.compare(measure, "this product", "node ws")
        run.results.compare(measure, "this product", MeshCentralSessions.name, most=1.5)
        run.results.compare(measure, "this product", "textbook Channels")


def f3(run):
    """The wait in many small sessions: pairs, 500 messages a second over all."""
    for pairs in run.sizes(50, 500):
        measure = f"F3 wait, {pairs}×2 at 500/s: p50"
        for contender, fan in _fans(run, (ThisProduct, NodeWs, NodeSocketIo, MeshCentralPairs), rooms=pairs, size=2):
            heard = _whole(fan.at_a_rate(run.seconds, rate=500), contender)
            run.results.add(measure, contender.name, "ms", heard.wait(0.5))
        run.results.compare(measure, "this product", "node ws")
        run.results.compare(measure, "this product", MeshCentralPairs.name, most=3)


def _fans(run, kinds, **shape):
    """Round by round, each contender in turn with a room full of pages."""
    with ExitStack() as stack:
        contenders = [stack.enter_context(kind(run.folders.new())) for kind in kinds]
        for number in range(run.rounds):
            for contender in contenders:
                run.note(f"{contender.name}, round {number + 1}")
                with Fan(contender, name=f"round-{number}", **shape) as fan:
                    yield contender, fan


def _whole(heard, contender):
    assert not heard.missing, f"{contender.name} lost {heard.missing} deliveries"
    return heard
