"""`manage.py serve` as it runs in life: a process with a port, a database file and signals."""

import hashlib
import http.client
import json
import shutil
import signal
import socket
import threading
from contextlib import suppress
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.site_process import free_port, wait_until
from tests.stage.process import StageProcess

pytestmark = pytest.mark.process
PASSWORD = "correct horse battery"
MIB = 1024 * 1024
# An account or a seat may be behind such a cookie: what is in it, only the view finds out.
SIGNED_IN = {"Cookie": "sessionid=anything"}


@pytest.fixture(scope="module")
def stage(prepared_folder, tmp_path_factory):
    """One site for all tests that leave it running."""
    with StageProcess(shutil.copytree(prepared_folder, tmp_path_factory.mktemp("stage") / "site")) as site:
        yield site


@pytest.fixture
def own_stage(stage_folder):
    """A site that a test may stop and kill."""
    with StageProcess(stage_folder) as site:
        yield site


@pytest.fixture
def stage_folder(prepared_folder, tmp_path):
    return shutil.copytree(prepared_folder, tmp_path / "site")


class InBackground(threading.Thread):
    """A request that will be answered later."""

    def __init__(self, site, path):
        super().__init__()
        self.site, self.path, self.answer = site, path, None
        self.start()

    def run(self):
        self.answer = self.site.get(self.path)


# ---- Serving ----------------------------------------------------------------------------------------------------


def test_page_is_served_without_naming_the_server(stage):
    with urlopen(f"{stage.url}/accounts/login/") as answer:
        assert answer.status == 200
        assert answer.headers["Server"] is None


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/accounts/login/", "localhost", 200),
        ("/nothing/here/", "localhost", 404),
        ("/livez", "localhost", 200),
        ("/join/", "evil.example", 400),
    ],
)
def test_every_answer_is_framed_by_none_and_taken_for_what_it_says(stage, path, host, status):
    connection = http.client.HTTPConnection("127.0.0.1", stage.port, timeout=30)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["X-Content-Type-Options"]) == (status, "nosniff")
    policies = answer.headers.get_all("Content-Security-Policy")
    assert {"frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"} <= {
        directive.strip() for policy in policies for directive in policy.split(";")
    }
    # Nobody came by TLS.
    assert answer.headers["Strict-Transport-Security"] is None
    connection.close()


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT"])
def test_request_is_never_sent_back(stage, method):
    connection = http.client.HTTPConnection("127.0.0.1", stage.port, timeout=30)
    connection.request(method, "/accounts/login/", headers={"Cookie": "sessionid=a-secret"})
    answer = connection.getresponse()
    assert answer.status in {403, 405}
    assert b"a-secret" not in answer.read()
    connection.close()


def test_two_lengths_of_one_request_are_no_request(stage):
    """Else what one server takes for a body, another takes for the next request."""
    head = b"POST /echo/ HTTP/1.1\r\nHost: localhost\r\n"
    rest = b"0\r\n\r\nGET /echo/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for lengths in (
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"Transfer-Encoding: identity, chunked\r\n\r\n",
        b"Content-Length: +5\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", stage.port), timeout=30) as connection:
            connection.sendall(head + lengths + rest)
            answer = b"".join(iter(lambda taken=connection: taken.recv(65536), b""))
        assert (lengths, answer.split(b" ")[1], answer.count(b"HTTP/1.1")) == (lengths, b"400", 1)


def test_static_files_are_served_compressed_and_for_ever(stage):
    manifest = json.loads((stage.data_dir / "static" / "staticfiles.json").read_text())
    hashed = manifest["paths"]["admin/css/base.css"]
    request = Request(f"{stage.url}/static/{hashed}", headers={"Accept-Encoding": "gzip"})
    with urlopen(request) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_socket_without_a_stream_hears_4404(stage):
    with connect(f"ws{stage.url[4:]}/ws/nowhere/") as page, pytest.raises(ConnectionClosed) as closed:
        page.recv()
    assert closed.value.rcvd.code == 4404


def test_frame_a_little_over_64_kib_reaches_the_consumer(stage):
    with connect(f"ws{stage.url[4:]}/ws/echo/") as page:
        assert page.recv() == "AnonymousUser 127.0.0.1"
        page.send("x" * 70_000)
        assert page.recv() == "x" * 70_000


def test_frame_far_over_64_kib_is_cut_off(stage):
    with connect(f"ws{stage.url[4:]}/ws/echo/") as page:
        page.recv()
        with suppress(ConnectionClosed):
            page.send("x" * 200_000)
        with pytest.raises(ConnectionClosed):
            page.recv()


def test_upload_arrives_whole(stage):
    body = bytes(range(256)) * 4096 * 20
    with urlopen(Request(f"{stage.url}/echo/", data=body, headers=SIGNED_IN)) as answer:
        assert json.load(answer)["body"] == hashlib.sha256(body).hexdigest()


def test_upload_over_the_limit_is_refused_and_takes_no_memory(stage):
    with stage.growing_at_most(60), pytest.raises(HTTPError) as refused:
        urlopen(Request(f"{stage.url}/echo/", data=bytes(200 * MIB), headers=SIGNED_IN))
    assert refused.value.code == 413


def test_long_file_to_a_client_that_does_not_read_takes_no_memory(stage):
    with stage.growing_at_most(30):
        connection = http.client.HTTPConnection("127.0.0.1", stage.port)
        connection.request("GET", "/long/?mebibytes=300")
        answer = connection.getresponse()
        assert len(answer.read(MIB)) == MIB
        # Time enough to make all of it if nothing held the server back.
        for _ in range(100):
            stage.get("/echo/")
        assert sum(len(piece) for piece in iter(lambda: answer.read(MIB), b"")) == 299 * MIB


def test_clients_that_read_slowly_keep_nobody_waiting(stage):
    slow = []
    for _ in range(12):
        connection = http.client.HTTPConnection("127.0.0.1", stage.port)
        connection.request("GET", "/long/?mebibytes=50")
        slow.append((connection, connection.getresponse()))
    assert stage.get("/echo/")
    for connection, _ in slow:
        connection.close()


def test_second_process_on_the_port_says_so_and_starts_nothing(stage):
    started = stage.signs("started")
    second = stage.manage("serve")
    output, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{stage.port}" in output
    assert (started, stage.signs("started")) == (1, 1)


@pytest.mark.parametrize("prepare", [[], ["--prepare"]])
def test_database_that_is_away_is_no_fault_of_the_port(stage_folder, prepare):
    nobody = f"postgres://support@127.0.0.1:{free_port()}/support"
    site = StageProcess(stage_folder, DATABASE_URL=nobody)
    output, _ = site.manage("serve", *prepare).communicate(timeout=30)
    assert "CommandError: The database cannot be reached. connection failed" in output
    assert "Cannot listen" not in output
    assert "Traceback" not in output


def test_trusted_proxy_tells_the_address(stage_folder):
    with StageProcess(stage_folder, TRUSTED_PROXIES="1") as site:
        forwarded = {"X-Forwarded-For": "6.6.6.6, 198.51.100.7"}
        assert json.loads(site.get("/echo/", forwarded))["address"] == "198.51.100.7"
        with connect(f"ws{site.url[4:]}/ws/echo/", additional_headers=forwarded) as page:
            assert page.recv() == "AnonymousUser 198.51.100.7"


# ---- Stopping ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_answers_what_runs_and_finishes_the_job(own_stage, number):
    own_stage.insert_job("stage.held")
    wait_until(lambda: own_stage.signs("job begun"))
    request = InBackground(own_stage, "/held/")
    wait_until(lambda: own_stage.signs("held"))
    with connect(f"ws{own_stage.url[4:]}/ws/echo/") as page:
        page.recv()
        own_stage.process.send_signal(number)
        with pytest.raises(ConnectionClosed) as closed:
            page.recv()
    assert closed.value.rcvd.code == 1012
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", own_stage.port))
    own_stage.give_sign("let go")
    request.join()
    assert request.answer == b"at last"
    assert own_stage.process.wait(30) == 0
    assert own_stage.signs("job done") == 1
    assert own_stage.signs("socket closed 1012") == 1
    assert own_stage.jobs_left == 0


def test_process_that_stops_says_so_to_a_prober_that_is_still_connected(own_stage):
    request = InBackground(own_stage, "/held/")
    wait_until(lambda: own_stage.signs("held"))
    prober = http.client.HTTPConnection("127.0.0.1", own_stage.port)
    assert probe(prober) == (200, {"status": "ok"})
    own_stage.process.send_signal(signal.SIGTERM)
    wait_until(lambda: not is_listening(own_stage))
    assert probe(prober) == (503, {"status": "unavailable", "failing": {"process": "is stopping"}})
    own_stage.give_sign("let go")
    request.join()
    assert own_stage.process.wait(30) == 0


def test_prober_may_use_any_host_and_leaves_no_line_in_the_security_log(own_stage):
    before = own_stage.output
    for path in ("/livez", "/readyz"):
        for host in ("evil.example", "10.0.0.7:8000", "x" * 300):
            with urlopen(Request(own_stage.url + path, headers={"Host": host})) as answer:
                assert json.load(answer) == {"status": "ok"}
                assert answer.headers["Set-Cookie"] is None
    own_stage.stop()
    assert "host" not in own_stage.output.removeprefix(before).lower()


def test_start_says_how_the_site_was_found(own_stage):
    wait_until(lambda: "\nDoctor: " in own_stage.output)
    serving, doctor = own_stage.output.index("Serving "), own_stage.output.index("\nDoctor: ")
    assert serving < doctor


def test_start_names_what_is_missing(stage_folder):
    with StageProcess(stage_folder, CLAMD_URL="tcp://127.0.0.1:1", DEVELOPER_PAGES="1") as site:
        wait_until(lambda: "Doctor: 1 failure (virus scanner: does not answer" in site.output)


def probe(prober):
    prober.request("GET", "/readyz")
    with prober.getresponse() as answer:
        return answer.status, json.load(answer)


def test_asked_twice_it_stops_at_once_and_the_job_runs_again(own_stage):
    own_stage.insert_job("stage.held")
    wait_until(lambda: own_stage.signs("job begun"))
    own_stage.process.send_signal(signal.SIGINT)
    wait_until(lambda: not is_listening(own_stage))
    assert own_stage.stop(signal.SIGINT) == 1
    own_stage.give_sign("let go")
    own_stage.start()
    wait_until(lambda: own_stage.signs("job done"))
    assert own_stage.signs("job begun") == 2


def is_listening(site):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", site.port)) == 0


def test_data_are_for_its_own_account_alone(own_stage):
    own_stage.stop()
    own_stage.data_dir.chmod(0o755)
    own_stage.start()
    assert own_stage.data_dir.stat().st_mode & 0o077 == 0


def test_killed_between_claim_and_end_a_job_runs_again_at_the_next_start(own_stage):
    for number in range(3):
        own_stage.insert_job("stage.sign", name=f"sign {number}")
    own_stage.insert_job("stage.dies_once", name="died")
    assert own_stage.process.wait(30) == -signal.SIGKILL
    own_stage.start()
    wait_until(lambda: own_stage.signs("died") == 2)
    wait_until(lambda: own_stage.jobs_left == 0)
    assert [own_stage.signs(f"sign {number}") for number in range(3)] == [1, 1, 1]


def test_startup_hooks_run_once_a_start(own_stage):
    assert own_stage.signs("started") == 1
    assert own_stage.manage("check").wait(30) == 0
    assert own_stage.stop() == 0
    own_stage.start()
    assert own_stage.signs("started") == 2


# ---- Demo accounts ----------------------------------------------------------------------------------------------


def test_demo_accounts_exist_only_where_asked_for(own_stage):
    assert own_stage.people == 0
    assert "amal" not in own_stage.output


def test_demo_accounts_are_listed_with_their_password(stage_folder):
    with StageProcess(stage_folder, "--demo", DEMO_PASSWORD=PASSWORD) as site:
        assert site.people == 5
        assert site.output.count(PASSWORD) == 5


def test_an_answer_that_cannot_go_on_is_broken_off(stage):
    """The browser knows then that something is missing, and may ask for the rest; it would wait for ever otherwise."""
    with urlopen(f"{stage.url}/broken-off/", timeout=30) as answer:
        assert answer.read(5) == b"begun"
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            answer.read()
