"""What people read when the site cannot be asked: a sentence, never an empty box."""

import pytest
from playwright.sync_api import expect

from tests.browser.webacd import NOBODY_WAITS, Inbox, come_to, is_helped
from tests.browser.wire import Wire

BAD_GATEWAY = (r"status of 502", r"net::ERR_", r"WebSocket connection to")


@pytest.fixture
def wire(site, watch):
    watch.expect(*BAD_GATEWAY)
    with Wire(site) as wire:
        yield wire


@pytest.fixture
def inbox(site, wire, new_csr):
    inbox = Inbox(new_csr("bilal", by=wire))
    yield inbox
    wire.mend()
    inbox.csr.end_whatever_runs()
    inbox.page = inbox.csr.open("/webacd/inbox/")
    inbox.close()
    site.run(NOBODY_WAITS)


def message(page):
    return page.locator("[data-toasts] [data-toast-text]").last


def test_an_offer_that_could_not_be_accepted_says_so_and_can_be_accepted_again(inbox, wire, customers, words):
    carol = customers.stranger()
    place = come_to(carol)
    expect(inbox.offer).to_be_visible()
    wire.spoil("/accept/", times=1)
    inbox.offer.get_by_role("button", name=words("Accept"), exact=True).click()
    expect(message(inbox.page)).to_have_text(words("The site could not do that. Try again in a moment."))

    inbox.accept()
    is_helped(carol, place)


def test_ending_a_session_offline_says_that_the_site_cannot_be_reached(wire, new_csr, words):
    desk = new_csr("bilal", by=wire).start()
    desk.is_live()
    wire.cut()
    desk.page.get_by_role("button", name=words("End session"), exact=True).first.click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("button", name=words("End session"), exact=True).click()
    expect(message(desk.page)).to_have_text(words("The site cannot be reached. Try again."))
    wire.mend()
