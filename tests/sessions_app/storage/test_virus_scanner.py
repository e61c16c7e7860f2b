"""The scanner, asked as clamd is: by a real one where it is installed, and one of a few lines everywhere."""

import socket
import socketserver
import struct
import threading
from io import BytesIO

import pytest

from sessions_app.storage.virus_scanner import ScannerError, find_virus, ping
from tests.sessions_app.clamd import BAD, Clamd


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    clamd = Clamd(tmp_path_factory.mktemp("clamd"))
    clamd.is_ready(lambda: socket.create_connection(("127.0.0.1", clamd.port)).close())
    yield clamd
    clamd.stop()


def test_real_scanner_lets_good_files_pass_and_names_what_is_bad(clamd):
    assert find_virus(BytesIO(b"good" * 100_000), clamd.url) is None
    assert find_virus(BytesIO(b"before " + BAD + b" after"), clamd.url).startswith("Test.Virus")


def test_real_scanner_that_takes_no_more_has_not_called_it_clean(clamd):
    with pytest.raises(ScannerError, match="size limit exceeded"):
        find_virus(BytesIO(b"x" * 6_000_000), clamd.url)


class Answering(socketserver.BaseRequestHandler):
    def handle(self):
        assert self.request.recv(6) == b"zPING\0"
        self.request.sendall(self.server.answer)


@pytest.mark.parametrize(("answer", "is_well"), [(b"PONG\0", True), (b"", False), (b"what?\0", False)])
def test_ping_wants_the_one_answer(answer, is_well):
    with socketserver.TCPServer(("127.0.0.1", 0), Answering) as server:
        server.answer = answer
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        address = f"tcp://127.0.0.1:{server.server_address[1]}"
        if is_well:
            ping(address)
        else:
            with pytest.raises(ScannerError):
                ping(address)
        thread.join()


class Scanner(socketserver.BaseRequestHandler):
    """Takes a stream as clamd does, and says what the test has told it to."""

    def handle(self):
        assert self._read(10) == b"zINSTREAM\0"
        self.server.seen = b""
        while length := struct.unpack("!L", self._read(4))[0]:
            self.server.seen += self._read(length)
        self.request.sendall(self.server.answer)

    def _read(self, length):
        data = b""
        while len(data) < length:
            data += self.request.recv(length - len(data)) or pytest.fail("hung up early")
        return data


@pytest.fixture
def scanner():
    with socketserver.TCPServer(("127.0.0.1", 0), Scanner) as server:
        server.url = f"tcp://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.parametrize(
    ("answer", "found"), [(b"stream: OK\0", None), (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", "Win.Test.EICAR_HDB-1")]
)
def test_file_is_sent_whole_and_the_answer_read(scanner, answer, found):
    scanner.answer = answer
    whole = bytes(range(256)) * 1000
    assert find_virus(BytesIO(whole), scanner.url) == found
    assert scanner.seen == whole


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"OK?\0"])
def test_whatever_is_not_a_clear_yes_is_no_yes(scanner, answer):
    scanner.answer = answer
    with pytest.raises(ScannerError):
        find_virus(BytesIO(b"x"), scanner.url)


def test_scanner_that_is_not_there_is_no_yes():
    for address in ("tcp://127.0.0.1:1", "unix:///nowhere/clamd.ctl"):
        with pytest.raises(ScannerError):
            find_virus(BytesIO(b"x"), address)
