"""A site, a browser and the people in it. Every test here drives the product as its users do, from outside."""

import os
import re
import shutil
import threading
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect, sync_playwright

from supportcenter.accounts.models import SitePolicy
from tests.browser.ending import end_chromium, mark
from tests.browser.flags import CHROMIUM_FLAGS
from tests.browser.people import Csr, Customers, Person
from tests.browser.site import SHORT_GRACES, Site, find_chromium
from tests.browser.watch import Watch
from tests.browser.words import Words

HERE = Path(__file__).parent
MARK = mark(os.getpid())
# Seconds that it may take to close.
CLOSING = 20
# Milliseconds. Generous, since the machine may be busy; nothing waits for it unless the test fails.
PATIENCE = 30_000


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


# Package scope: a running Playwright keeps an event loop in this thread, which the tests elsewhere could not stand.


@pytest.fixture(scope="package")
def folder_with_people(tmp_path_factory):
    """A data folder to copy: that of tests.browser.run, which makes one for all files, or one of our own."""
    if made := os.environ.get("FOLDER_WITH_PEOPLE"):
        return Path(made)
    folder = tmp_path_factory.mktemp("people")
    Site(folder).prepare()
    return folder


@pytest.fixture(scope="package")
def site(folder_with_people, tmp_path_factory):
    with Site(shutil.copytree(folder_with_people, tmp_path_factory.mktemp("site") / "data")) as site:
        yield site


@pytest.fixture(scope="package")
def browser():
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*CHROMIUM_FLAGS, MARK])
        yield browser
        close(browser)


def close(browser):
    """Chromium sometimes never answers when it is told to close, and Playwright would wait for ever."""
    last_word = threading.Timer(CLOSING, end_chromium, [os.getpid()])
    last_word.start()
    browser.close()
    last_word.cancel()


@pytest.fixture(scope="package")
def signed_in(site, browser):
    """The cookies of each representative, who signs in once, by the sign-in page, when first needed."""
    return SignedIn(site, browser)


class SignedIn(dict):
    def __init__(self, site, browser):
        super().__init__()
        self._site, self._browser = site, browser

    def __missing__(self, username):
        context = self._browser.new_context(locale="en-GB")
        Csr(context, self._site, Words("en"), username).sign_in()
        self[username] = context.storage_state()
        context.close()
        return self[username]


@pytest.fixture(params=["en", "ar"])
def words(request):
    """The language in which everybody in the test sees the site."""
    return Words(request.param)


@pytest.fixture
def watch(site):
    return Watch()


@pytest.fixture
def admin_decides(site):
    """admin_decides(media_people=2): for this test, otherwise than for the others."""
    decided = []

    def admin_decides(**policy):
        decided.extend(policy)
        site.decide(**policy)

    yield admin_decides
    site.decide(**{name: SHORT_GRACES.get(name, SitePolicy._meta.get_field(name).default) for name in decided})


@pytest.fixture
def csrs():
    """The signed-in representatives of a test, whose sessions do not outlive it."""
    return []


@pytest.fixture
def new_context(request, browser, site, watch, csrs):
    """Browsers for the people in a test; at its end nothing bad may have happened in any of them."""
    contexts = []
    line = len(site.lines)

    def new_context(**options):
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        contexts.append(context)
        return context

    yield new_context
    pages = [page for context in contexts for page in context.pages]
    if getattr(request.node, "failed", False) or watch.faults() or site.faults_since(line):
        keep_evidence(request.node.name, pages, site.lines[line:], watch.seen)
    # Pages first, everybody's: a session that ends sends its pages elsewhere, and Chromium never lets go of a context
    # in which a page is on its way.
    for page in pages:
        page.close()
    for csr in csrs:
        csr.end_whatever_runs(site)
    for context in contexts:
        context.close()
    faults = [*watch.faults(), *site.faults_since(line)]
    assert not faults, "\n".join(faults)


@pytest.fixture
def amal(new_csr):
    """A representative who may run several sessions."""
    return new_csr("amal")


@pytest.fixture
def bilal(new_csr):
    """A representative with one session at a time."""
    return new_csr("bilal")


@pytest.fixture
def faris(new_csr):
    """A representative with one session at a time, and one customer in it."""
    return new_csr("faris")


@pytest.fixture
def customers(new_customers):
    """Strangers, with no account."""
    return new_customers()


@pytest.fixture
def new_customers(new_context, site, words):
    """Strangers; `by` a wire, if a test means to cut it."""
    return lambda *, by=site: Customers(lambda: Person(new_context(locale=words.locale), by, words))


@pytest.fixture
def new_csr(csrs, new_context, signed_in, site, words):
    """Signed-in representatives; `by` a wire, if a test means to cut it."""

    def new_csr(username, *, by=site):
        context = new_context(locale=words.locale, storage_state=signed_in[username])
        csrs.append(Csr(context, by, words, username))
        return csrs[-1]

    return new_csr


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    report = (yield).get_result()
    item.failed = getattr(item, "failed", False) or report.failed


def keep_evidence(name, pages, said, seen):
    """What a failed test looked like, under DATA_DIR, where it outlives the test."""
    folder = settings.DATA_DIR / "browser-failures" / re.sub(r"[^-\w]+", "_", name)
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(page for page in pages if not page.is_closed()):
        page.screenshot(path=folder / f"page-{number}.png")
    (folder / "server.log").write_text("".join(said))
    (folder / "console.txt").write_text("\n".join(seen))
