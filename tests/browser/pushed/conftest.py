"""A site that may send to a push service of this machine, and devices that subscribe to it."""

import shutil

import pytest

from tests.browser.conftest import SignedIn
from tests.browser.pushed.phone import Phone
from tests.browser.site import Site
from tests.browser.webacd import LONG_ABSENCE, NOBODY_WAITS, Inbox
from tests.push_service import PushService


@pytest.fixture(scope="package")
def push_service():
    with PushService() as service:
        yield service


@pytest.fixture(scope="package")
def site(folder_with_people, tmp_path_factory, push_service):
    folder = shutil.copytree(folder_with_people, tmp_path_factory.mktemp("pushed") / "data")
    with Site(folder, WEB_PUSH_HOSTS=push_service.origin) as site:
        yield site


@pytest.fixture(scope="package")
def signed_in(site, browser):
    return SignedIn(site, browser)


@pytest.fixture(autouse=True)
def push_service_takes_everything(push_service):
    yield
    push_service.status, push_service.taken = 201, []


@pytest.fixture(autouse=True)
def nobody_waits(site):
    """After the pages are closed: Chromium may not let go of one that leaves the queue at that moment."""
    yield
    site.run(NOBODY_WAITS + LONG_ABSENCE)


@pytest.fixture
def phone(bilal, push_service):
    """A device of bilal's, that has not been on the site yet."""
    return Phone(bilal, push_service)


@pytest.fixture
def at_work(watch):
    """Agents who come to work, and go home at the end of the test."""
    watch.expect(r"status of 4(09|10)")
    inboxes = []

    def at_work(csr):
        inboxes.append(Inbox(csr))
        return inboxes[-1]

    yield at_work
    for inbox in inboxes:
        inbox.csr.end_whatever_runs()
        inbox.page = inbox.csr.open("/webacd/inbox/")
        inbox.close()
