"""R1: twenty sockets keep blocking for 50 ms each; how long does one wait who only asks whether we are there?"""

import select
import time
from contextlib import ExitStack, contextmanager

from benchmarks.contenders import Textbook, ThisProduct
from benchmarks.load.wire import Wire

BLOCKERS, BLOCK = 20, 0.05
# Between two questions: a page is no load.
PAUSE = 0.01


def r1(run):
    """What others wait while some sockets hold up the database."""
    measure = "R1 wait of a bystander: p99"
    with ExitStack() as stack:
        contenders = [stack.enter_context(kind(run.folders.new())) for kind in (ThisProduct, Textbook)]
        for number in range(run.rounds):
            for contender in contenders:
                run.note(f"{contender.name}, round {number + 1}")
                room = f"round-{number}"
                run.results.add(measure, f"{contender.name}, alone", "ms", _p99(_ask(contender, room, run.seconds)))
                with _blocked(contender, room) as blockers:
                    waits = _ask(contender, room, run.seconds, blockers)
                run.results.add(measure, contender.name, "ms", _p99(waits))
    run.results.compare(measure, "this product", "this product, alone", most=3)
    run.results.compare(measure, "this product", "textbook Channels")


def _ask(contender, room, seconds, blockers=None):
    """Waits, in milliseconds, from question to answer."""
    bystander = _enter(contender, room)
    waits, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until:
        asked_at = time.perf_counter()
        bystander.send(contender.dialect.ping())
        bystander.wait_for(b"pong")
        waits.append((time.perf_counter() - asked_at) * 1000)
        if blockers:
            blockers.go_on(PAUSE)
        else:
            time.sleep(PAUSE)
    bystander.close()
    return waits


class Blockers:
    """Each blocks again as soon as it hears that it has blocked."""

    def __init__(self, contender, room):
        self.question = contender.dialect.block(BLOCK)
        self.wires = {wire.socket.fileno(): wire for wire in (_enter(contender, room) for _ in range(BLOCKERS))}
        self.epoll = select.epoll()
        for number, wire in self.wires.items():
            self.epoll.register(number, select.EPOLLIN)
            wire.send(self.question)

    def go_on(self, seconds):
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            for number, _ in self.epoll.poll(left):
                if any(b"blocked" in text for text in self.wires[number].read()):
                    self.wires[number].send(self.question)


@contextmanager
def _blocked(contender, room):
    blockers = Blockers(contender, room)
    try:
        blockers.go_on(BLOCK)
        yield blockers
    finally:
        for wire in blockers.wires.values():
            wire.close()


def _enter(contender, room):
    wire = Wire(contender.port, contender.dialect.path(room))
    contender.dialect.greet(wire)
    contender.dialect.settle(wire)
    return wire


def _p99(waits):
    return sorted(waits)[int(len(waits) * 0.99)]
