"""Our Daphne: whole frames, written once, in order, and never too many for a page that does not read."""

import asyncio
import json
import select
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from unittest.mock import ANY

import daphne.server  # noqa: F401 - first of all: Daphne says which reactor Twisted uses
import pytest
from autobahn.twisted.websocket import WebSocketServerFactory, WebSocketServerProtocol
from django.conf import settings
from django.db import connection
from twisted.internet import tcp
from twisted.internet.testing import MemoryReactorClock
from twisted.protocols.tls import TLSMemoryBIOProtocol
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from supportcenter.live.delivery.frames import Frame
from supportcenter.live.sockets.daphne_server import MOST_WAITING, FrameWriter, Incoming, frame_writer
from tests.environment import site_environment

pytestmark = pytest.mark.slow
HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: support.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)

BUDGET = 10_000_000


# ---- the writer, on a real socket and Twisted's own transport


class Connection:
    """A WebSocket between two sockets of this process, the server's end being Twisted's and Autobahn's."""

    def __init__(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.client = socket.create_connection(listener.getsockname())
            served, _ = listener.accept()
        served.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        self.reactor = MemoryReactorClock()
        factory = WebSocketServerFactory(reactor=self.reactor)
        factory.protocol = WebSocketServerProtocol
        self.protocol = factory.buildProtocol(None)
        self.transport = tcp.Server(served, self.protocol, self.client.getsockname(), None, 0, self.reactor)
        self.protocol.makeConnection(self.transport)
        self.protocol.dataReceived(HANDSHAKE)
        self.flush()
        assert self.client.recv(65536).startswith(b"HTTP/1.1 101 ")

    def flush(self):
        """What the reactor does when the socket can be written to."""
        if self.transport in self.reactor.writers:
            self.transport.doWrite()

    def read(self, size):
        received = b""
        while len(received) < size:
            self.flush()
            if select.select([self.client], [], [], 0.01)[0]:
                received += self.client.recv(size - len(received))
        return received

    def close(self):
        self.client.close()
        self.transport.socket.close()


@pytest.fixture
def joined():
    joined = Connection()
    yield joined
    joined.close()


def test_twisted_and_autobahn_still_have_what_the_writer_leans_on(joined):
    assert isinstance(frame_writer(joined.protocol), FrameWriter)


def test_frames_of_any_size_arrive_as_they_are(joined):
    writer = frame_writer(joined.protocol)
    for size, length in [
        (0, b"\x00"),
        (125, b"\x7d"),
        (126, b"\x7e\x00\x7e"),
        (65_535, b"\x7e\xff\xff"),
        (65_536, b"\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
    ]:
        body = b"x" * size
        assert writer.write(Frame(body).wire, BUDGET)

        assert joined.read(1 + len(length) + size) == b"\x81" + length + body


def test_frames_keep_their_order_when_the_socket_takes_only_parts(joined):
    writer = frame_writer(joined.protocol)
    frames = [Frame(bytes([number]) * 9_973).wire for number in range(200)]
    for number, frame in enumerate(frames):
        assert writer.write(frame, BUDGET)
        if number % 7 == 0:
            # Now and then the reactor gets a turn, and Autobahn has something to say for itself.
            joined.flush()
    assert writer.backlog > 1_000_000

    assert joined.read(sum(map(len, frames))) == b"".join(frames)
    assert writer.backlog == 0


def test_frames_and_autobahns_own_stay_apart(joined):
    writer = frame_writer(joined.protocol)
    frame = Frame(b"y" * 300_000).wire
    assert writer.write(frame, BUDGET)
    joined.protocol.sendPing(b"still there?")
    assert writer.write(frame, BUDGET)

    ping = b"\x89\x0c" + b"still there?"
    assert joined.read(2 * len(frame) + len(ping)) == frame + ping + frame


def test_page_that_holds_back_too_much_gets_no_more(joined):
    writer = frame_writer(joined.protocol)
    frame = Frame(b"x" * 100_000).wire
    taken = 0
    while writer.write(frame, 200_000):
        taken += 1
    assert 200_000 < writer.backlog <= 200_000 + len(frame)

    assert joined.read(taken * len(frame)) == taken * frame
    assert writer.write(frame, 200_000)


def test_nothing_is_written_after_the_close_frame(joined):
    writer = frame_writer(joined.protocol)
    joined.protocol.sendClose(1000)
    assert writer.write(Frame(b"late").wire, BUDGET)

    assert joined.read(4) == b"\x88\x02\x03\xe8"
    assert not select.select([joined.client], [], [], 0)[0]


def test_a_page_that_is_gone_is_no_error(joined):
    writer = frame_writer(joined.protocol)
    joined.client.close()
    for _ in range(3):
        assert writer.write(Frame(b"z" * 10_000).wire, BUDGET)


def test_no_writer_for_tls(joined):
    # It hands out the attributes of the transport beneath, past the encryption.
    joined.protocol.transport = TLSMemoryBIOProtocol.__new__(TLSMemoryBIOProtocol)
    joined.protocol.transport.transport = joined.transport

    assert hasattr(joined.protocol.transport, "dataBuffer")
    assert frame_writer(joined.protocol) is None


def test_no_writer_where_twisted_has_changed(joined):
    del joined.transport._tempDataLen

    assert frame_writer(joined.protocol) is None


# ---- a whole server

on_the_database = pytest.mark.django_db(transaction=True)


def database_url():
    """This run's test database, for another process."""
    place = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{place['NAME']}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**place)


@pytest.fixture(scope="module", params=["writer", "asgi"])
def site(request, django_db_setup):
    environment = site_environment(settings.DATA_DIR, DATABASE_URL=database_url(), SOCKET_BYTE_BUDGET="100000")
    command = [sys.executable, "-m", "tests.supportcenter.live.site", request.param]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        yield int(process.stdout.readline())
        process.terminate()


@contextmanager
def join(site, path, **options):
    with connect(f"ws://127.0.0.1:{site}{path}", origin="http://support.test", **options) as page:
        page.send(json.dumps({"frame": "follow", "after": 0, "page": path, "secret": ""}))
        assert json.loads(page.recv()) == {"frame": "following", "seq": 0, "now": ANY}
        yield page


def flood(page, count, size):
    page.send(json.dumps({"frame": "signal", "type": "flood", "to": None, "data": {"count": count, "size": size}}))


def signal(type, data=None):
    return json.dumps({"frame": "signal", "type": type, "to": None, "data": data})


def numbers(page, count):
    return [json.loads(page.recv(timeout=10))["data"]["number"] for _ in range(count)]


@on_the_database
def test_signals_reach_all_pages_in_order(site):
    with join(site, "/staff/amal/") as amal, join(site, "/everyone/carol/") as carol:
        flood(amal, count=50, size=200)

        assert numbers(amal, 50) == numbers(carol, 50) == list(range(50))


@on_the_database
def test_page_of_a_foreign_site_is_closed(site):
    with connect(f"ws://127.0.0.1:{site}/staff/amal/", origin="http://evil.test") as page:
        with pytest.raises(ConnectionClosed) as closed:
            page.recv(timeout=10)
        assert closed.value.rcvd.code == 4403


@on_the_database
@pytest.mark.parametrize("code", [1000, 1011, 1012, 1013, 4410])
def test_page_that_has_to_go_hears_why(site, code):
    with join(site, "/everyone/carol/") as carol:
        carol.send(json.dumps({"frame": "signal", "type": "leave", "to": None, "data": code}))
        with pytest.raises(ConnectionClosed) as closed:
            carol.recv(timeout=10)
        assert closed.value.rcvd.code == code


@on_the_database
@pytest.mark.parametrize("site", ["writer"], indirect=True)
def test_page_that_does_not_read_is_closed_and_the_others_go_on(site):
    # Small buffers of its own, so that it is the server that has to hold what the page does not take.
    narrow = socket.create_connection(("127.0.0.1", site))
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stuck = join(site, "/everyone/carol/", sock=narrow, max_queue=1, close_timeout=0.1)
    with join(site, "/staff/amal/") as amal, stuck as carol:
        for number in range(100):
            amal.send(signal("tell", 60_000))
            assert json.loads(amal.recv(timeout=10))["seq"] == number + 1

        # Iterating ends when the connection does.
        with suppress(ConnectionClosed):
            assert len(list(carol)) < 100
        assert carol.close_code in (1013, 1006)


@on_the_database
@pytest.mark.parametrize(("count", "size"), [(2_000, 1), (40, 60_000)])
def test_page_that_sends_more_than_its_consumer_takes_is_cut_off(site, count, size):
    with join(site, "/everyone/carol/", close_timeout=0.1) as carol, join(site, "/staff/amal/") as amal:
        carol.send(signal("hang"))
        with suppress(ConnectionClosed):
            for _ in range(count):
                carol.send(signal("drop", "x" * size))
        with pytest.raises(ConnectionClosed):
            carol.recv(timeout=30)
        assert carol.close_code in (4429, 1006)

        flood(amal, count=1, size=1)
        assert numbers(amal, 1) == [0]


def test_page_that_sends_too_much_is_not_listened_to_any_more(joined):
    queue = asyncio.Queue()
    incoming = Incoming(queue, joined.protocol)
    incoming.put_nowait({"type": "websocket.connect"})
    for _ in range(3 * MOST_WAITING):
        incoming.put_nowait({"type": "websocket.receive", "text": "{}"})
    incoming.put_nowait({"type": "websocket.disconnect", "code": 1006})

    # What Daphne says itself arrives in any case.
    assert queue.qsize() == 1 + MOST_WAITING + 1
    assert joined.read(4) == b"\x88\x02" + (4429).to_bytes(2, "big")
    assert joined.transport not in joined.reactor.readers


def test_page_may_send_as_long_as_its_consumer_takes_it(joined):
    queue = asyncio.Queue()
    incoming = Incoming(queue, joined.protocol)
    for _ in range(20):
        for _ in range(MOST_WAITING):
            incoming.put_nowait({"type": "websocket.receive", "text": "{}"})
        for _ in range(MOST_WAITING):
            queue.get_nowait()
    assert joined.protocol.state == joined.protocol.STATE_OPEN
