"""A site at /support, on a host where somebody else's application is at the root."""

import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.conftest import SignedIn
from tests.browser.media.conftest import cast, launch  # noqa: F401
from tests.browser.queues.conftest import at_work, decide, nobody_waits_any_more  # noqa: F401
from tests.browser.site import Site
from tests.browser.test_invite import mail  # noqa: F401
from tests.browser.words import Words


@pytest.fixture(scope="package")
def site(folder_with_people, tmp_path_factory):
    folder = shutil.copytree(folder_with_people, tmp_path_factory.mktemp("mounted") / "data")
    with Site(folder, FORCE_SCRIPT_NAME="/support") as site:
        yield site


@pytest.fixture(scope="package")
def signed_in(site, browser):
    return SignedIn(site, browser)


@pytest.fixture
def words():
    """Addresses are the same in either language."""
    return Words("en")


class Neighbour(BaseHTTPRequestHandler):
    """Another application of Django's at the root of the host: cookies know no ports."""

    def do_GET(self):
        self.server.cookies.append(self.headers.get("Cookie", ""))
        self.send_response(200)
        for name in ("sessionid", "csrftoken", "django_language", "messages"):
            self.send_header("Set-Cookie", f"{name}=theirs; Path=/")
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>Neighbour</title>")

    def log_message(self, *words):
        pass


@pytest.fixture
def neighbour():
    with ThreadingHTTPServer(("127.0.0.1", 0), Neighbour) as server:
        server.cookies = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        server.url = f"http://127.0.0.1:{server.server_port}/"
        yield server
        server.shutdown()
