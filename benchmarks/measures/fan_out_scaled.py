"""F4: what F1 costs where two processes serve, half of the pages each, and hear one another over Redis."""

from contextlib import ExitStack, contextmanager

import redis

from benchmarks import machine
from benchmarks.contenders import NodeSocketIo, ThisProduct
from benchmarks.load.fan import Fan
from benchmarks.load.wire import Wire
from benchmarks.mailing import other_redis
from benchmarks.measures.invitations import database_for_workers
from tests.services import redis_server

MEASURE, SIZE = "F4 cost of a delivery, 1×100", 100
LOCAL, SCALED = "this product, one process", "this product"
THEIRS_LOCAL, THEIRS = "socket.io, one process", "socket.io"


class OverRedis(ThisProduct):
    """One of the two; they have the database in common."""

    def __init__(self, folder, database, url):
        super().__init__(folder, database)
        self.url = url

    def environment(self):
        return {**super().environment(), "REDIS_URL": self.url}


class SocketIoOverRedis(NodeSocketIo):
    script = "socketio_redis.mjs"

    def __init__(self, folder, url):
        super().__init__(folder)
        self.url = url

    def command(self):
        return [*super().command(), self.url]


class Spread(Fan):
    """Every second page is the second server's; the first page, which speaks, is the first's."""

    def __init__(self, servers, **shape):
        self.servers, self.count = servers, 0
        super().__init__(servers[0], **shape)
        for server in servers[1:]:
            self.dialect.settle(next(wire for each, wire in self.placed if each is server))

    def _come_in(self, name):
        self.placed = [] if not self.count else self.placed
        server = self.servers[self.count % len(self.servers)]
        self.count += 1
        wire = Wire(server.port, self.dialect.path(name))
        self.dialect.greet(wire)
        self.placed.append((server, wire))
        return wire

    def _cpu(self):
        return sum(machine.cpu_seconds(server.pid) for server in self.servers)


def f4(run):
    """CPU of both processes together; Redis' own is told beside."""
    with ExitStack() as stack:
        url, sides = stack.enter_context(redis_server()), {}
        for who, servers in _sides(run, stack, url).items():
            sides[who] = [stack.enter_context(server) for server in servers]
        client = stack.enter_context(redis.Redis.from_url(url))
        for number in range(run.rounds):
            for who, servers in sides.items():
                run.note(f"{who}, round {number + 1}")
                _measure(run, client, who, servers, f"round-{number}")
    run.results.compare(MEASURE, SCALED, LOCAL, most=1.3)
    run.results.compare(MEASURE, SCALED, THEIRS)
    run.results.compare(MEASURE, THEIRS, THEIRS_LOCAL)


def _sides(run, stack, url):
    database = database_for_workers(run, stack)
    folder = run.folders.new(database)
    return {
        LOCAL: [ThisProduct(run.folders.new())],
        SCALED: [OverRedis(folder, database, url) for _ in range(2)],
        THEIRS_LOCAL: [NodeSocketIo(run.folders.new())],
        THEIRS: [SocketIoOverRedis(run.folders.new(), other_redis(url, 1)) for _ in range(2)],
    }


def _measure(run, client, who, servers, name):
    with Spread(servers, rooms=1, size=SIZE, name=name) as fan, _redis_cpu(client) as used:
        heard = fan.one_at_a_time(run.seconds)
    assert not heard.missing, f"{who} lost {heard.missing} deliveries"
    run.results.add(MEASURE, who, "µs CPU", heard.micros_each)
    if len(servers) > 1:
        # The warm-up's is in it, too: too much rather than too little.
        run.results.add("F4 Redis' own, a delivery", who, "µs CPU", used["seconds"] / heard.deliveries * 1e6)


@contextmanager
def _redis_cpu(client):
    def seconds():
        told = client.info("cpu")
        return told["used_cpu_sys"] + told["used_cpu_user"]

    used, before = {}, seconds()
    yield used
    used["seconds"] = seconds() - before
