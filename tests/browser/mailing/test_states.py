"""What becomes of an invitation's mail, live in the Invite panel (E39), and what helps when it does not arrive."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_invite import InvitePanel

WRONG, RIGHT = "carrol@example.com", "carol@example.com"


@pytest.fixture
def panel(bilal):
    return InvitePanel(bilal.start()).open()


def invite(panel):
    panel.fill_in(WRONG)
    panel.ok()
    panel.lists(WRONG, "Delayed")


def test_the_address_is_corrected_by_keyboard(panel, words, provider_tells):
    invite(panel)
    provider_tells("bounced")
    panel.lists(WRONG, "Bounced")
    row = panel.dialog.get_by_role("listitem").filter(has_text=WRONG)
    expect(row).to_contain_text(words("The mail server does not know this address."))

    row.locator("summary").focus()
    panel.page.keyboard.press("Enter")
    panel.page.keyboard.press("Tab")
    field = row.get_by_label(words("Corrected email address"))
    expect(field).to_be_focused()
    panel.page.keyboard.press("ControlOrMeta+A")
    panel.page.keyboard.type(RIGHT)
    panel.page.keyboard.press("Enter")

    panel.lists(RIGHT, "Delayed")
    expect(panel.dialog.get_by_role("listitem").filter(has_text=WRONG)).to_have_count(0)
    provider_tells("delivered")
    panel.lists(RIGHT, "Delivered")


def test_the_number_is_a_press_away(panel, words, provider_tells):
    invite(panel)
    provider_tells("bounced")
    row = panel.dialog.get_by_role("listitem").filter(has_text=WRONG)

    row.get_by_role("button", name=words("Read out the number")).click()

    expect(panel.dialog.get_by_role("heading", name=words("By phone"))).to_be_focused()


def test_a_closed_panel_says_that_it_bounced(panel, words, provider_tells):
    invite(panel)
    panel.close()
    expect(panel.dialog).to_be_hidden()

    provider_tells("bounced")

    said = panel.page.get_by_role("status").filter(has_text=WRONG)
    expect(said.filter(has_text=words("Bounced"))).to_be_visible()
    panel.page.get_by_role("status").get_by_role("button", name=words("Show"), exact=True).click()
    row = panel.dialog.get_by_role("listitem").filter(has_text=WRONG)
    expect(row).to_be_focused()
    expect(row.locator("time")).to_have_text(re.compile(r"\d{1,2}:\d\d"))
