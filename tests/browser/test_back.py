"""Away and Back: a browser may keep a page while somebody is elsewhere, its socket dead. Nobody gets such a copy."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MARK, PATIENCE, close
from tests.browser.flags import CHROMIUM_FLAGS
from tests.browser.site import find_chromium

# The driver switches it off, so that without this nothing here could fail.
SWITCHED_OFF = ["--disable-back-forward-cache"]


@pytest.fixture
def new_context(browser, site, watch, csrs):
    """Browsers that keep pages as those of people do."""
    process = browser.browser_type.launch(
        executable_path=find_chromium(), args=[*CHROMIUM_FLAGS, MARK], ignore_default_args=SWITCHED_OFF
    )

    def new_context(**options):
        context = process.new_context(**options)
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        return context

    yield new_context
    for context in process.contexts:
        for page in context.pages:
            page.close()
    for csr in csrs:
        csr.end_whatever_runs(site)
    close(process)
    assert not watch.faults()


def away_and_back(page, address):
    """True if the page is the copy that was kept."""
    page.evaluate("() => { window.isKept = true }")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    # One that was kept does not load again.
    page.go_back(wait_until="commit")
    return page.evaluate("() => window.isKept === true")


def test_a_page_without_a_session_is_kept(customers, site):
    page = customers.stranger().open("/join/")
    # While its socket is being opened, the browser itself says that it was left in the middle.
    expect(page.locator("[data-row=summary] [data-level=waiting]")).to_be_hidden()
    assert away_and_back(page, site.url + "/")


def test_console_is_live_after_back(bilal, customers, site):
    desk = bilal.start()
    carol = customers.join(desk.number)
    assert not away_and_back(desk.page, site.url + "/")
    desk.is_live()
    carol.say("Are you there?")
    desk.hears("Are you there?")
    desk.say("I am back")
    carol.hears("I am back")


def test_customers_page_is_live_after_back(bilal, customers, site):
    desk = bilal.start()
    carol = customers.join(desk.number)
    assert not away_and_back(carol.page, site.url + "/")
    carol.is_live()
    desk.say("Are you there?")
    carol.hears("Are you there?")
    carol.say("I am back")
    desk.hears("I am back")
