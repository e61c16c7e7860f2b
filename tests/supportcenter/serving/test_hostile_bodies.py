"""`manage.py serve` while strangers send bodies that are too large, too slow, or never end."""

import fcntl
import http.client
import shutil
import socket
import struct
import termios
import threading
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.site_process import wait_until
from tests.stage.process import StageProcess

pytestmark = pytest.mark.process
MIB = 1024 * 1024
UPLOADER = "Cookie: sessionid=made-up\r\n"


@pytest.fixture(scope="module")
def stage(prepared_folder, tmp_path_factory):
    folder = shutil.copytree(prepared_folder, tmp_path_factory.mktemp("hostile") / "site")
    with StageProcess(folder) as site:
        yield site


@contextmanager
def stranger(site):
    with socket.create_connection(("127.0.0.1", site.port), timeout=60) as connection:
        yield connection


def post(path, length, more=""):
    size = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    return f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{size}\r\n{more}\r\n".encode()


def answer_of(connection):
    """Everything until the server closes."""
    return b"".join(iter(lambda: connection.recv(65536), b""))


def on_disk(site):
    """Bytes of the site's unnamed files: those that only its open descriptors still hold."""
    found = list_descriptors(site)
    return sum(size for name, size in found if "(deleted)" in name)


def list_descriptors(site):
    for each in Path(f"/proc/{site.process.pid}/fd").iterdir():
        try:
            yield str(each.readlink()), each.stat().st_size
        except FileNotFoundError:
            continue


def test_announced_too_much_is_refused_before_any_of_it_comes(stage):
    with stranger(stage) as connection:
        connection.sendall(post("/join/", 30 * MIB))
        answer = answer_of(connection)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"Connection: close" in answer
    # It goes out past everything that looks at answers.
    assert b"X-Content-Type-Options: nosniff" in answer
    assert b"frame-ancestors 'none'" in answer


def test_refusal_is_in_the_readers_language(stage):
    with stranger(stage) as connection:
        connection.sendall(post("/join/", 30 * MIB, "Accept-Language: ar\r\n"))
        assert b'lang="ar" dir="rtl"' in answer_of(connection)


def test_script_hears_the_refusal_as_json(stage):
    with stranger(stage) as connection:
        connection.sendall(post("/join/", 30 * MIB, "X-Requested-With: fetch\r\n"))
        assert b'"code": "too_large"' in answer_of(connection)


def test_client_that_sends_all_the_same_still_reads_the_answer(stage):
    connection = http.client.HTTPConnection("127.0.0.1", stage.port)
    connection.putrequest("POST", "/join/")
    connection.putheader("Content-Length", str(4 * MIB))
    connection.endheaders()
    connection.send(bytes(4 * MIB))
    assert connection.getresponse().status == 413


@pytest.mark.parametrize(
    ("path", "cookie", "status"),
    [("/echo/", UPLOADER, 200), ("/echo/", "", 413), ("/form/", UPLOADER, 413), ("/nowhere/", UPLOADER, 413)],
    ids=["an upload", "by a stranger", "to a form", "to nowhere"],
)
def test_more_than_a_form_has_is_taken_only_of_uploads(stage, path, cookie, status):
    with stranger(stage) as connection:
        connection.sendall(post(path, MIB, f"{cookie}Connection: close\r\n"))
        if status == 200:
            connection.sendall(bytes(MIB))
        assert answer_of(connection).startswith(f"HTTP/1.1 {status} ".encode())


def test_body_without_an_announced_length_is_cut_at_the_limit(stage):
    piece = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    with stranger(stage) as connection:
        connection.sendall(post("/form/", None) + piece * 5)
        assert answer_of(connection).startswith(b"HTTP/1.1 413 ")


def test_form_as_large_as_it_may_be_is_taken(stage):
    with stranger(stage) as connection:
        connection.sendall(post("/form/", 256 * 1024, "Connection: close\r\n") + bytes(256 * 1024))
        answer = answer_of(connection)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"262144")


def test_strangers_with_large_bodies_leave_nothing_on_disk_and_hold_up_no_one(stage):
    with ExitStack() as strangers:
        for number in range(60):
            connection = strangers.enter_context(stranger(stage))
            # Half of them ask for a page that takes uploads, with a cookie that they have made up.
            connection.sendall(post("/echo/", 30 * MIB, UPLOADER) if number % 2 else post("/join/", 30 * MIB))
            connection.sendall(bytes(1000))
        assert stage.get("/accounts/login/")
        assert on_disk(stage) < MIB
    wait_until(lambda: not on_disk(stage))
    assert not list((stage.data_dir / "tmp").iterdir())


def test_bytes_of_one_address_have_a_sum(stage):
    """Nine uploads of 16 MiB, none of which ends: the ninth does not fit."""
    with ExitStack() as strangers:
        refused = threading.Event()
        for _ in range(9):
            connection = strangers.enter_context(stranger(stage))
            connection.sendall(post("/echo/", 16 * MIB + 1, UPLOADER))
            send_until_refused(connection, 16 * MIB, refused)
        assert refused.is_set()
        assert stage.get("/accounts/login/")
        assert MIB < on_disk(stage) <= 128 * MIB
    wait_until(lambda: not on_disk(stage))
    with stranger(stage) as connection:
        connection.sendall(post("/echo/", MIB, UPLOADER + "Connection: close\r\n") + bytes(MIB))
        assert answer_of(connection).startswith(b"HTTP/1.1 200 ")


def send_until_refused(connection, count, refused):
    connection.settimeout(60)
    for _ in range(count // MIB):
        connection.sendall(bytes(MIB))
    wait_until_read(connection)
    connection.setblocking(False)
    try:
        if connection.recv(16).startswith(b"HTTP/1.1 503"):
            refused.set()
    except BlockingIOError:
        pass


def wait_until_read(connection):
    """Until the server has taken everything: nothing waits in the kernel's buffer of either side."""
    wait_until(lambda: not struct.unpack("i", fcntl.ioctl(connection, termios.TIOCOUTQ, b"\0\0\0\0"))[0])


def test_oversize_body_is_one_line_in_the_log(stage):
    before = len(stage.lines)
    with stranger(stage) as connection:
        connection.sendall(post("/join/", 30 * MIB))
        answer_of(connection)
    wait_until(lambda: len(stage.lines) > before)
    stage.get("/accounts/login/")
    lines = [line for line in stage.lines[before:] if "body_too_large" in line]
    assert len(lines) == 1
    assert 'address="127.0.0.1" page="join"' in lines[0]
    assert "Traceback" not in "".join(stage.lines)
