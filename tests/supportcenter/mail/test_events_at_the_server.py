"""What comes in where a mail provider tells its events, at a running site: too much, too slowly, packed, or strange."""

import gzip
import json
import shutil
import socket
from http.client import HTTPConnection

import pytest

from supportcenter.mail_webhooks import MOST_EVENTS
from tests.supportcenter.mail import provider_shapes as shapes
from tests.supportcenter.mail.event_site import PATHS, SECRET, WRONG, EventSite, headers_of

pytestmark = pytest.mark.process
MIB = 1024 * 1024
PATH = PATHS["sendgrid"]


@pytest.fixture(scope="module")
def site(prepared_folder, tmp_path_factory):
    folder = shutil.copytree(prepared_folder, tmp_path_factory.mktemp("events") / "site")
    with EventSite(folder, "sendgrid") as site:
        site.told = 0
        yield site


@pytest.fixture
def mark(site):
    site.told += 1
    return site.has_sent(site.told)


def tell(site, body, headers, path=PATH):
    connection = HTTPConnection("127.0.0.1", site.port, timeout=60)
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def bounced(mark, *, length=0):
    """In so many bytes."""
    text, more = shapes.sendgrid("bounced", mark)
    return text.encode().ljust(length), headers_of(more)


def still_hears(site):
    site.told += 1
    body, headers = bounced(site.has_sent(site.told))
    return (tell(site, body, headers), site.states()[-1]) == (200, "bounced")


def test_a_batch_up_to_the_limit_is_taken(site, mark):
    body, headers = bounced(mark, length=MIB)
    assert (tell(site, body, headers), site.states()[-1]) == (200, "bounced")


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "in chunks"])
def test_a_batch_over_the_limit_is_refused(site, mark, announced):
    body, headers = bounced(mark, length=MIB + 1)
    pieces = body if announced else iter([body[:1000], body[1000:]])
    assert (tell(site, pieces, headers), site.states()[-1]) == (413, "sent")
    assert still_hears(site)


def test_a_batch_that_comes_slowly_keeps_no_other_waiting(site, mark):
    body, headers = bounced(mark)
    head = "".join(f"{name}: {value}\r\n" for name, value in {**headers, "Content-Length": len(body)}.items())
    slow = []
    for _ in range(20):
        line = socket.create_connection(("127.0.0.1", site.port), timeout=60)
        line.sendall(f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\n{head}\r\n".encode() + body[:10])
        slow.append(line)
    assert site.states()[-1] == "sent"
    assert still_hears(site)
    slow[0].sendall(body[10:])
    assert slow[0].recv(100).startswith(b"HTTP/1.1 200 ")
    assert site.states()[-2] == "bounced"
    for line in slow:
        line.close()


def test_a_packed_batch_is_refused_and_not_unpacked(site, mark):
    body, headers = bounced(mark)
    packed = {**headers, "Content-Encoding": "gzip"}
    assert (tell(site, gzip.compress(body), packed), site.states()[-1]) == (400, "sent")
    with site.growing_at_most(30):
        assert tell(site, gzip.compress(bytes(300 * MIB)), packed) == 400
    assert still_hears(site)


def test_a_batch_of_as_many_events_as_there_may_be_is_taken(site, mark):
    body, headers = batch(mark, MOST_EVENTS)
    assert (tell(site, body, headers), site.states()[-1]) == (200, "bounced")


def test_a_batch_of_more_events_is_refused_whole(site, mark):
    """Each costs a look into the database: what a mebibyte has room for would keep a thread for half a minute."""
    body, headers = batch(mark, MOST_EVENTS + 1)
    assert (tell(site, body, headers), site.states()[-1]) == (413, "sent")
    assert still_hears(site)


def batch(mark, count):
    """So many events, the first of which is about our message."""
    text, more = shapes.sendgrid("bounced", mark)
    others = [{"event": "open", "smtp-id": str(number)} for number in range(count - 1)]
    return json.dumps([*json.loads(text), *others]).encode(), headers_of(more)


@pytest.mark.parametrize("body", [b"nonsense", b"[" * 100_000, b"\xff", b"[7]", b"null", b'[{"event": {}}]'])
@pytest.mark.parametrize(("secret", "status"), [(SECRET, 400), (WRONG, 403)])
def test_what_is_no_batch_at_all_is_refused(site, body, secret, status):
    _, more = shapes.sendgrid("bounced", "x")
    assert tell(site, body, headers_of(more, secret)) == status
    assert still_hears(site)
