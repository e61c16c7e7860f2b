"""Amazon's topics at a running site: one that asks whether it may come, events, and what only looks like Amazon."""

import shutil
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from tests.supportcenter.mail import provider_shapes as shapes
from tests.supportcenter.mail.event_site import PATHS, SECRET, WRONG, EventSite, headers_of

pytestmark = pytest.mark.process
TOPIC = "arn:aws:sns:eu-west-1:123456789012:mail"
CONFIRMED = """<ConfirmSubscriptionResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
<ConfirmSubscriptionResult><SubscriptionArn>arn:x</SubscriptionArn></ConfirmSubscriptionResult>
<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></ConfirmSubscriptionResponse>"""
REFUSED = """<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
<Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>not authorized to: SNS:ConfirmSubscription</Message>
</Error><RequestId>1</RequestId></ErrorResponse>"""


class Amazon:
    """Its interface for topics, and any other page that a site may be made to fetch: keeps what it was asked."""

    def __init__(self):
        self.asked, self.answer = [], (200, CONFIRMED)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def _handler(amazon):  # noqa: N805 - the handler has a self of its own
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = parse_qs(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())
                amazon.asked.append((self.command, self.path, body))
                status, text = amazon.answer
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            do_GET = do_POST  # noqa: N815 - as http.server has it

            def log_message(self, *_said):
                pass

        return Handler


@pytest.fixture(scope="module")
def cloud():
    amazon = Amazon()
    yield amazon
    amazon.stop()


@pytest.fixture
def amazon(cloud):
    cloud.asked, cloud.answer = [], (200, CONFIRMED)
    return cloud


@pytest.fixture(scope="module")
def site(cloud, prepared_folder, tmp_path_factory):
    folder = shutil.copytree(prepared_folder, tmp_path_factory.mktemp("amazon") / "site")
    with EventSite(folder, "amazon-ses", AWS_ENDPOINT_URL_SNS=cloud.url, NO_PROXY="127.0.0.1") as site:
        yield site


def tell(site, shape, secret=SECRET):
    body, more = shape
    connection = HTTPConnection("127.0.0.1", site.port, timeout=60)
    try:
        connection.request("POST", PATHS["amazon-ses"], body, headers_of(more, secret))
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()


def test_a_topic_that_knows_the_secret_is_confirmed(site, amazon):
    answer = tell(site, shapes.sns_asks_for_confirmation(TOPIC, page=f"{amazon.url}/confirm"))
    assert answer.status == 200
    [(command, path, facts)] = amazon.asked
    assert (command, path) == ("POST", "/")
    assert facts["Action"] == ["ConfirmSubscription"]
    assert (facts["TopicArn"], facts["Token"]) == ([TOPIC], ["t" * 64])


@pytest.mark.parametrize(("secret", "status"), [("", 401), (WRONG, 403)])
def test_a_topic_of_a_stranger_is_not(site, amazon, secret, status):
    answer = tell(site, shapes.sns_asks_for_confirmation(TOPIC, page=f"{amazon.url}/confirm"), secret)
    assert (answer.status, amazon.asked) == (status, [])


def test_who_comes_without_the_secret_is_asked_for_it(site):
    """Amazon sends it only then."""
    answer = tell(site, shapes.sns({}), secret="")
    assert (answer.status, answer.headers["WWW-Authenticate"][:6]) == (401, "Basic ")


@pytest.mark.parametrize(
    "topic",
    [
        "arn:aws:sns:evil.example/:123456789012:mail",
        "arn:aws:sns::123456789012:mail",
        "arn:aws:s3:eu-west-1:123456789012:mail",
        "nonsense",
        7,
    ],
)
def test_what_is_no_topic_of_amazons_is_not_confirmed(site, amazon, topic):
    """Its name decides which host is asked."""
    answer = tell(site, shapes.sns_asks_for_confirmation(topic, page=f"{amazon.url}/confirm"))
    assert (answer.status, amazon.asked) == (400, [])


def test_a_key_that_may_not_confirm_is_said_to_the_admin(site, amazon):
    amazon.answer = (403, REFUSED)
    before = len(site.lines)
    answer = tell(site, shapes.sns_asks_for_confirmation(TOPIC, page=f"{amazon.url}/confirm"))
    said = "".join(site.lines[before:])
    assert answer.status == 503
    assert "sns:ConfirmSubscription" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("body", ["nonsense", "[]", "{}", "[" * 100_000, '{"Type": "Notification"}'])
@pytest.mark.parametrize(("secret", "statuses"), [(SECRET, {400, 403}), (WRONG, {403}), ("", {401})])
def test_what_only_looks_like_amazon_is_refused(site, body, secret, statuses):
    _, more = shapes.sns({})
    assert tell(site, (body, more), secret).status in statuses


@pytest.mark.parametrize(("kind", "status"), [("Nonsense", 200), ("Bounce", 400)])
def test_an_event_of_another_shape_is_ignored_or_refused(site, kind, status):
    assert tell(site, shapes.sns({"eventType": kind, "bounce": {}})).status == status
