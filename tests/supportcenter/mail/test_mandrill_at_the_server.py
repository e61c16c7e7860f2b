"""Mandrill signs the address that it was given; what reaches the site may say another host and no TLS."""

import shutil
from http.client import HTTPConnection

import pytest

from tests.supportcenter.mail import provider_shapes as shapes
from tests.supportcenter.mail.event_site import PATHS, SECRET, EventSite, headers_of

pytestmark = pytest.mark.process
MOUNT = "/support"
GIVEN = f"https://{SECRET}@example.org{MOUNT}{PATHS['mandrill']}"


@pytest.fixture(scope="module")
def site(prepared_folder, tmp_path_factory):
    folder = shutil.copytree(prepared_folder, tmp_path_factory.mktemp("mandrill") / "site")
    with EventSite(folder, "mandrill", SITE_URL=f"https://example.org{MOUNT}") as site:
        site.told = 0
        yield site


@pytest.fixture
def tell(site):
    def tell(signed, *, spoil=False, **headers):
        site.told += 1
        mark = site.has_sent(site.told)
        body, more = shapes.mandrill("bounced", mark, url=signed)
        if spoil:
            body = body.replace("hard_bounce", "spam")
        connection = HTTPConnection("127.0.0.1", site.port, timeout=60)
        try:
            connection.request("POST", f"{MOUNT}{PATHS['mandrill']}", body, {**headers_of(more), **headers})
            return connection.getresponse().status, site.states()[-1]
        finally:
            connection.close()

    return tell


@pytest.mark.parametrize("host", ["example.org", "example.org:443", "localhost:8000"])
def test_the_address_that_it_was_given_counts(tell, host):
    assert tell(GIVEN, Host=host) == (200, "bounced")


def test_no_host_that_a_call_names_counts(tell):
    own = GIVEN.replace("https://", "http://").replace("example.org", "localhost:8000")
    assert tell(own, Host="localhost:8000") == (403, "sent")


def test_what_was_changed_on_the_way_is_refused(tell):
    assert tell(GIVEN, spoil=True, Host="example.org") == (403, "sent")


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_its_look_at_the_address_changes_nothing(site, method):
    connection = HTTPConnection("127.0.0.1", site.port, timeout=60)
    connection.request(method, f"{MOUNT}{PATHS['mandrill']}")
    assert connection.getresponse().status == {"HEAD": 200, "GET": 405}[method]
    connection.close()
