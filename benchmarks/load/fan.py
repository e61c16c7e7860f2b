"""Rooms full of pages in which one member speaks and everybody, the speaker included, is to hear it."""

import re
import select
import time
from dataclasses import dataclass, field
from itertools import cycle

from benchmarks import machine
from benchmarks.load.wire import Wire

BODY = "x" * 64
MOMENT = re.compile(rb'"t": ?(\d+)')
WARM_UP, PATIENCE = 0.5, 10


@dataclass
class Heard:
    """What a run came to."""

    seconds: float = 0
    cpu: float = 0
    waits: list = field(default_factory=list)
    missing: int = 0

    @property
    def deliveries(self):
        return len(self.waits)

    @property
    def micros_each(self):
        """CPU of the server for one delivery."""
        return self.cpu / self.deliveries * 1e6

    @property
    def per_second(self):
        return self.deliveries / self.seconds

    def wait(self, share):
        """How long this share of deliveries took at most, in milliseconds."""
        return sorted(self.waits)[min(int(len(self.waits) * share), len(self.waits) - 1)] / 1000


class Room:
    def __init__(self, name, wires):
        self.name, self.wires = name, wires
        self.said = 0
        # Deliveries that have not come in.
        self.open = 0


class Fan:
    def __init__(self, server, *, rooms, size, name, body=BODY):
        self.server, self.dialect, self.body = server, server.dialect, body
        self.epoll = select.epoll()
        self.room_of = {}
        self.rooms = [self._fill(f"{name}-{number}", size) for number in range(rooms)]
        for room in self.rooms:
            self.dialect.settle(room.wires[0])

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for room in self.rooms:
            for wire in room.wires:
                wire.close()
        self.epoll.close()

    def one_at_a_time(self, seconds):
        """In each room the next is said as soon as everybody has heard the last."""
        self._goes_on = True
        for room in self.rooms:
            self._say(room)
        self._listen(Heard(), WARM_UP)
        heard = self._measured(lambda heard: self._listen(heard, seconds))
        self._goes_on = False
        self._hear_out(Heard())
        return heard

    def at_a_rate(self, seconds, rate):
        """So many a second over all rooms, whether or not they are heard; waits count from when each was due."""
        self._goes_on = False
        rooms = cycle(self.rooms)
        self._keep_pace(Heard(), rooms, WARM_UP, rate)
        return self._measured(lambda heard: self._keep_pace(heard, rooms, seconds, rate))

    # ---- how

    def _fill(self, name, size):
        room = Room(name, [self._come_in(name) for _ in range(size)])
        for wire in room.wires:
            self.epoll.register(wire.socket, select.EPOLLIN)
            self.room_of[wire.socket.fileno()] = room, wire
        return room

    def _come_in(self, name):
        """One after the other: who has opened a socket must not be late with the first word, however many follow."""
        wire = Wire(self.server.port, self.dialect.path(name))
        self.dialect.greet(wire)
        return wire

    def _measured(self, run):
        heard = Heard()
        began, cpu = time.perf_counter(), self._cpu()
        run(heard)
        heard.seconds = time.perf_counter() - began
        heard.cpu = self._cpu() - cpu
        return heard

    def _cpu(self):
        return machine.cpu_seconds(self.server.pid)

    def _keep_pace(self, heard, rooms, seconds, rate):
        began = time.perf_counter()
        for number in range(int(seconds * rate)):
            due = began + number / rate
            self._listen(heard, due - time.perf_counter())
            self._say(next(rooms), due)
        self._hear_out(heard)

    def _hear_out(self, heard):
        give_up = time.perf_counter() + PATIENCE
        while any(room.open for room in self.rooms) and time.perf_counter() < give_up:
            self._listen(heard, 0.01)
        heard.missing = sum(room.open for room in self.rooms)

    def _say(self, room, due=None):
        room.said += 1
        room.open += len(room.wires) if self.dialect.speaker_hears else len(room.wires) - 1
        moment = int((due or time.perf_counter()) * 1e6)
        room.wires[0].send(self.dialect.say(moment, self.body))

    def _listen(self, heard, seconds):
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            # The kernel wakes us a millisecond late; the last two are spent looking.
            for number, _ in self.epoll.poll(max(0, left - 0.002)):
                self._take(heard, *self.room_of[number])

    def _take(self, heard, room, wire):
        sign = self.dialect.delivery
        for text in wire.read():
            if sign in text:
                said = int(MOMENT.search(text)[1])
                heard.waits.append(time.perf_counter() * 1e6 - said)
                room.open -= 1
        if not room.open and self._goes_on:
            self._say(room)
