"""R2: one page of the room does not read any more, while the others are sent 16 KiB again and again."""

from benchmarks import machine
from benchmarks.contenders import Textbook, ThisProduct
from benchmarks.load.fan import Fan
from benchmarks.load.wire import Wire

READERS, BODY = 4, "x" * 16_000
MIB = 1024 * 1024
GROWTH, RATE = "R2 stopped reader: growth", "R2 stopped reader: others get"


def r2(run):
    """What a page that stops reading takes from the server, and from the others."""
    for number in range(run.rounds):
        for kind in (ThisProduct, Textbook):
            for stopped in (False, True):
                _round(run, kind, number, stopped)
    run.results.hold(GROWTH, "this product", most=2)
    run.results.compare(RATE, "this product", "this product, all read", least=0.9)


def _round(run, kind, number, stopped):
    """In a fresh process, after a warm-up without the one who stops: buffers have then their size."""
    run.note(f"{kind.name}, {'one stopped' if stopped else 'all read'}, round {number + 1}")
    with (
        kind(run.folders.new()) as contender,
        Fan(contender, rooms=1, size=READERS, name="room", body=BODY) as fan,
    ):
        fan.one_at_a_time(run.seconds)
        # Of the same room: with the position it has, it hears what comes from now on.
        sleeper = _stopped_reader(contender, fan) if stopped else None
        before = machine.memory(contender.pid)
        heard = fan.one_at_a_time(run.seconds * 2)
        who = kind.name if stopped else f"{kind.name}, all read"
        run.results.add(GROWTH, who, "MiB", (machine.memory(contender.pid) - before) / MIB)
        run.results.add(RATE, who, "messages/s", heard.per_second / READERS)
        if sleeper:
            sleeper.close()


def _stopped_reader(contender, fan):
    room = fan.rooms[0]
    contender.dialect.keep(room.wires[0], room.said)
    sleeper = Wire(contender.port, contender.dialect.path(room.name), receive_buffer=4096)
    contender.dialect.greet(sleeper, after=room.said)
    return sleeper
