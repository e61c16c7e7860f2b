"""A site whose mail provider is out of reach, but tells what becomes of messages."""

import shutil
import sqlite3
from base64 import b64encode
from urllib.request import Request, urlopen

import pytest

from tests.browser.conftest import SignedIn
from tests.browser.site import Site
from tests.supportcenter.mail import provider_shapes

SECRET = "caller:a-secret-that-is-long-enough"
CALLER = b64encode(SECRET.encode()).decode()
# Where no one listens: nothing of a test leaves this machine.
NO_WAY_OUT = "http://127.0.0.1:9"
PROVIDER = {"EMAIL_URL": "anymail+postmark://token", "MAIL_WEBHOOK_SECRET": SECRET, "HTTPS_PROXY": NO_WAY_OUT}


class SiteWithoutWayOut(Site):
    def faults_since(self, line):
        """All but the attempts at mail, which fail here as they must."""
        return [said for said in super().faults_since(line) if " ERROR " in said and " mail.send " not in said]


@pytest.fixture(scope="package")
def site(folder_with_people, tmp_path_factory):
    folder = shutil.copytree(folder_with_people, tmp_path_factory.mktemp("mailing") / "data")
    with SiteWithoutWayOut(folder, **PROVIDER) as site:
        yield site


@pytest.fixture(scope="package")
def signed_in(site, browser):
    return SignedIn(site, browser)


@pytest.fixture
def provider_tells(site):
    """provider_tells("bounced"): of the message that was written last."""

    def provider_tells(event):
        body, more = provider_shapes.postmark(event, latest_mark(site))
        headers = {"Content-Type": more["content_type"], "Authorization": f"Basic {CALLER}"}
        with urlopen(Request(f"{site.url}/anymail/postmark/tracking/", body.encode(), headers)) as answer:
            assert answer.status == 200

    return provider_tells


def latest_mark(site):
    with sqlite3.connect(site.data_dir / "support.sqlite3") as database:
        [mark] = database.execute("SELECT message_id FROM mail_delivery ORDER BY id DESC LIMIT 1").fetchone()
    return mark.strip("<>")
