"""A site with everything on: its log, its numbers and its error reports tell of the same requests, and of nobody."""

import gzip
import json
import re
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from supportcenter.version import VERSION
from tests.site_process import SiteProcess, wait_until
from tests.stage.process import StageProcess

pytestmark = pytest.mark.process
# What must never leave the site, nor stand in its log of accesses.
SECRETS = {
    "said": "my-card-is-4111",
    "token": "an-invitation-token",
    "cookie": "a-session-key",
    "name": "carol-the-customer",
}


class Receiver(ThreadingHTTPServer):
    """A server of error reports, which keeps what it is sent."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Receiving)
        self.envelopes = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def dsn(self):
        return f"http://publickey@127.0.0.1:{self.server_port}/42"

    def events(self):
        lines = [line for envelope in self.envelopes for line in envelope.splitlines()]
        found = [json.loads(line) for line in lines if line.startswith("{")]
        return [each for each in found if "exception" in each]


class Receiving(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        zipped = self.headers.get("Content-Encoding") == "gzip"
        self.server.envelopes.append((gzip.decompress(body) if zipped else body).decode())
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def receiver():
    with Receiver() as server:
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def site(prepared_folder, receiver, tmp_path_factory):
    folder = shutil.copytree(prepared_folder, tmp_path_factory.mktemp("observed") / "site")
    settings = {"METRICS": "1", "LOG_FORMAT": "json", "ACCESS_LOG": "1", "SENTRY_DSN": receiver.dsn}
    with StageProcess(folder, **settings, TRUSTED_PROXIES="1") as site:
        yield site


def ask(site, path, **headers):
    """(status, headers, body)"""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urlopen(Request(site.url + path, headers=sent), timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except HTTPError as error:
        return error.code, error.headers, error.read().decode()


def entries(site, **wanted):
    """Those lines of the log; each is an object."""
    found = [json.loads(line) for line in site.output.splitlines() if line.startswith("{")]
    return [entry for entry in found if wanted.items() <= entry.items()]


def entry(site, **wanted):
    wait_until(lambda: entries(site, **wanted))
    return entries(site, **wanted)[-1]


def number(site, name, **labels):
    text = ask(site, "/metrics")[2]
    wanted = ",".join(f'{label}="{value}"' for label, value in sorted(labels.items()))
    found = re.search(rf"^support_{name}{re.escape('{' + wanted + '}') if wanted else ''} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0


def test_request_is_a_line_with_its_view_its_answer_and_its_number(site):
    before = number(site, "http_requests_total", view="home", method="GET", status="2xx")
    status, headers, body = ask(site, f"/?next={SECRETS['said']}", Cookie=f"sessionid={SECRETS['cookie']}")
    line = entry(site, event="request", request_id=headers["X-Request-ID"])
    assert status == 200
    assert line.pop("timestamp")
    assert line.pop("ms") >= 0
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "supportcenter.access",
        "method": "GET",
        "view": "home",
        "status": 200,
        "bytes": len(body.encode()),
        "request_id": headers["X-Request-ID"],
    }
    assert number(site, "http_requests_total", view="home", method="GET", status="2xx") == before + 1
    assert number(site, "http_request_seconds_count", view="home") >= before + 1


@pytest.mark.parametrize(
    ("path", "view"), [("/no/such/page/", "none"), ("/static/none.js", "static"), ("/metrics", "metrics")]
)
def test_what_is_no_page_has_a_name_of_few(site, path, view):
    headers = ask(site, path)[1]
    assert entry(site, event="request", request_id=headers["X-Request-ID"])["view"] == view


def test_number_of_a_proxy_of_ours_is_taken_and_nonsense_is_not(site):
    assert ask(site, "/", X_Request_ID="from-the-proxy-1")[1]["X-Request-ID"] == "from-the-proxy-1"
    made = ask(site, "/", X_Request_ID='" status=200')[1]["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{16}", made)


def test_request_that_is_refused_before_its_body_has_a_number_and_a_line(site):
    request = Request(site.url + "/form/", data=b"x" * 300_000, method="POST")
    with pytest.raises(HTTPError) as refused:
        urlopen(request, timeout=30)
    given = refused.value.headers["X-Request-ID"]
    assert entry(site, event="request", request_id=given)["status"] == 413
    assert entry(site, event="body_too_large", request_id=given)["logger"] == "supportcenter.security"
    assert number(site, "refusals_total", code="too_large") == 1


@pytest.mark.parametrize(("language", "words"), [("en", "give this number"), ("ar", "اذكر هذا الرقم")])
def test_error_is_one_number_on_the_page_in_the_log_and_in_the_report(site, receiver, language, words):
    path = f"/breaks/{SECRETS['token']}/?said={SECRETS['said']}"
    cookie = f"sessionid={SECRETS['cookie']}; name={SECRETS['name']}"
    status, headers, page = ask(site, path, Cookie=cookie, Accept_Language=language)
    given = headers["X-Request-ID"]
    assert status == 500
    assert words in page
    assert f"<bdi>{given}</bdi>" in page
    assert "RuntimeError" in entry(site, level="error", request_id=given)["exception"]
    assert entry(site, event=f"heard {SECRETS['said']}")["request_id"] == given
    assert entry(site, event="request", request_id=given)["view"] == "breaks"

    wait_until(lambda: [each for each in receiver.events() if each["tags"].get("request_id") == given])
    (event,) = [each for each in receiver.events() if each["tags"].get("request_id") == given]
    (error,) = event["exception"]["values"]
    assert (event["release"], error["type"]) == (VERSION, "RuntimeError")
    assert error["stacktrace"]["frames"][-1]["function"] == "breaks"


def test_error_of_a_job_is_reported_and_logged_by_its_name(site, receiver):
    site.run_later("stage.breaks", said=SECRETS["said"])
    line = entry(site, logger="supportcenter.jobs.workers.runner", level="error")
    assert re.fullmatch(r"stage\.breaks-\d+", line["job"])
    assert "request_id" not in line
    wait_until(lambda: [each for each in receiver.events() if each["tags"].get("job") == line["job"]])
    wait_until(lambda: number(site, "jobs_total", kind="stage.breaks", outcome="failed"))
    # Read from the database every few seconds.
    wait_until(lambda: number(site, "jobs_pending", kind="stage.breaks") == 1)


def test_no_report_and_no_line_of_access_holds_what_is_somebodys(site, receiver):
    """After those before have broken the site in front of it; alone, this one does."""
    ask(site, f"/breaks/{SECRETS['token']}/?said={SECRETS['said']}", Cookie=f"sessionid={SECRETS['cookie']}")
    wait_until(receiver.events)
    sent = "\n".join(receiver.envelopes)
    assert "RuntimeError" in sent
    assert [name for name, secret in SECRETS.items() if secret in sent] == []
    lines = json.dumps(entries(site, logger="supportcenter.access"))
    assert "breaks" in lines
    assert [name for name, secret in SECRETS.items() if secret in lines] == []


def test_socket_is_two_lines_of_one_number_and_its_code_is_counted(site):
    before = number(site, "socket_closes_total", code="4401")
    address = site.url.replace("http", "ws") + "/ws/webacd/inbox/"
    with connect(address, origin=site.url) as socket, pytest.raises(ConnectionClosed):
        socket.recv(30)
    closed = entry(site, event="socket_closed")
    assert (closed["kind"], closed["code"]) == ("inbox", 4401)
    assert entry(site, event="socket_opened")["request_id"] == closed["request_id"]
    assert number(site, "socket_closes_total", code="4401") == before + 1


def test_numbers_are_not_for_who_comes_through_the_proxy(site):
    assert ask(site, "/metrics")[0] == 200
    assert ask(site, "/metrics", X_Forwarded_For="127.0.0.1")[0] == 403
    assert ask(site, "/metrics", Host="support.example.org")[0] == 403


def test_page_has_what_is_true_of_the_process(site):
    text = ask(site, "/metrics")[2]
    for line in (
        'support_http_waiting{lane="heavy"} 0.0',
        "support_database_up 1.0",
        f'support_info{{version="{VERSION}"}} 1.0',
    ):
        assert line in text.splitlines()
    assert re.search(r"^support_event_loop_lag_seconds \d", text, re.MULTILINE)
    assert re.search(r"^process_resident_memory_bytes \d", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_FORMAT", "xml"),
        ("SENTRY_DSN", "https://errors.example.org/1"),
        ("METRICS_TOKEN", "short"),
        ("SECURITY_CONTACT", "the doorman"),
    ],
)
def test_wrong_value_is_one_line_that_names_the_setting(tmp_path, name, value):
    process = SiteProcess(tmp_path, **{name: value}).manage("version")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said.splitlines()[0].startswith(f"{name}: ")
    assert len(said.splitlines()) == 1


def test_site_without_them_has_no_such_page_and_believes_no_number(prepared_folder, tmp_path):
    with StageProcess(shutil.copytree(prepared_folder, tmp_path / "site")) as site:
        assert ask(site, "/metrics")[0] == 404
        assert ask(site, "/", X_Request_ID="mine")[1]["X-Request-ID"] != "mine"
        assert "supportcenter.access" not in site.output
        assert f"version {VERSION}." in site.output
