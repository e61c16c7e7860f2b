"""S1: from the command to the first page, and what waiting takes."""

import time

from benchmarks import machine
from benchmarks.contenders import Gunicorn, NodeWs, ThisProduct
from benchmarks.load.wire import Wire
from benchmarks.meshcentral import MeshCentral

MIB, KIB = 1024 * 1024, 1024
START, COST = "S1 start to first page", "S1 cost of the start"
IDLE, SOCKET = "S1 memory when idle", "S1 memory of an idle socket"


def s1(run):
    """Start, idle memory, and the memory of pages that only wait."""
    sockets = 100 if run.is_quick else 500
    for number in range(run.rounds):
        for kind in (ThisProduct, Gunicorn, MeshCentral, NodeWs):
            run.note(f"{kind.name}, round {number + 1}")
            with kind(run.folders.new()) as contender:
                run.results.add(START, kind.name, "s", contender.seconds_to_start)
                run.results.add(COST, kind.name, "s CPU", machine.cpu_seconds(contender.pid))
                # What the start has put off for a moment is done by then.
                time.sleep(1)
                run.results.add(IDLE, kind.name, "MiB", machine.memory(contender.pid) / MIB)
                if kind not in (Gunicorn, MeshCentral):
                    run.results.add(SOCKET, kind.name, "KiB", _memory_of_a_socket(contender, sockets) / KIB)
    run.results.hold(START, "this product", most=3)
    run.results.hold(IDLE, "this product", most=110)
    run.results.compare(START, "this product", MeshCentral.name, most=0.5)
    run.results.compare(IDLE, "this product", MeshCentral.name, most=0.5)
    run.results.compare(SOCKET, "this product", "node ws")


def _memory_of_a_socket(contender, count):
    before = machine.memory(contender.pid)
    # One room each.
    wires = [Wire(contender.port, contender.dialect.path(f"room-{number}")) for number in range(count)]
    for wire in wires:
        contender.dialect.greet(wire)
    contender.dialect.settle(wires[-1])
    taken = machine.memory(contender.pid) - before
    for wire in wires:
        wire.close()
    return taken / count
