"""The icon tray on its own: what it shows, in a window as small as browsers make it, and what is answered there."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.faults import serious_faults
from tests.browser.tray import AS_POPUP, SMALL, fits, menu, popped_out

LONG = "The printer on the second floor says that it has no paper, but the tray is full. " * 3


@pytest.fixture
def desk(bilal):
    """Of a browser without Picture-in-Picture."""
    bilal.context.add_init_script(AS_POPUP)
    return bilal.start()


@pytest.fixture
def tray(desk):
    tray = popped_out(desk, SMALL)
    expect(menu(tray, desk.words("Session"))).to_be_visible()
    return tray


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_small_tray_holds_all_it_has(desk, tray, customers, words, scheme):
    tray.emulate_media(color_scheme=scheme)
    fits(tray)
    faults = serious_faults(tray)
    carol = customers.join(desk.number, "Carol Anne Featherstonehaugh of the Second Floor")
    carol.say(LONG)
    expect(tray.locator("[data-tray-line]")).to_contain_text("The printer")
    expect(tray.get_by_role("button", name=words("File transfer"), exact=True)).to_be_visible()
    fits(tray)
    faults += serious_faults(tray)

    menu(tray, words("Session")).click()
    menu(tray, words("Transfer Control")).click()
    expect(tray.get_by_text(words("No one is assisting in this session"))).to_be_visible()
    fits(tray)
    faults += serious_faults(tray)
    tray.locator("summary").nth(0).click()
    expect(tray.get_by_role("button", name=words("View customer's desktop"), exact=True)).to_be_visible()
    fits(tray)
    faults += serious_faults(tray)

    tray.get_by_role("button", name=words("Invite"), exact=True).click()
    expect(tray.get_by_role("button", name=words("Copy join link"), exact=True)).to_be_visible()
    fits(tray)
    faults += serious_faults(tray)
    assert faults == []


def test_reply_in_the_tray_arrives_and_what_came_has_been_read_then(desk, tray, customers, words):
    # Nobody looks at the page: the tray floats over something else.
    desk.page.evaluate("document.hasFocus = () => false")
    carol = customers.join(desk.number)
    carol.say("It says error 7")
    line = tray.locator("[data-tray-line]")
    expect(line).to_have_text(re.compile(r"Carol:\sIt says error 7"))
    chat = tray.get_by_role("button", name=re.compile(f"^{words('Chat')}"))
    expect(chat).to_have_accessible_name(re.compile(f"{words('Chat')} 1 "))

    reply = tray.get_by_role("textbox", name=words("Reply"), exact=True)
    reply.fill("Please turn it off")
    reply.press("Shift+Enter")
    reply.press_sequentially("and on")
    reply.press("Enter")

    carol.hears("Please turn it off\nand on")
    desk.hears("Please turn it off\nand on")
    expect(line).to_contain_text("Please turn it off and on")
    expect(line).not_to_have_attribute("data-state", "sending")
    expect(reply).to_have_value("")
    expect(chat).to_have_accessible_name(words("Chat"))


def test_refused_reply_comes_back_and_says_why(desk, tray, customers, words, watch):
    watch.expect("status of 403")
    customers.join(desk.number)
    refusal = {"error": {"code": "refused", "message": "Not this."}}
    desk.page.route("**/messages/", lambda route: route.fulfill(status=403, json=refusal))
    reply = tray.get_by_role("textbox", name=words("Reply"), exact=True)
    reply.fill("Hello")
    reply.press("Enter")

    expect(tray.get_by_role("alert")).to_have_text("Not this.")
    expect(reply).to_have_value("Hello")
    expect(desk.message).to_have_value("")


def test_customer_is_invited_in_the_tray(desk, tray, words, watch):
    watch.expect("status of 422")
    tray.get_by_role("button", name=words("Invite"), exact=True).click()
    panel = tray.locator("[data-tray-panel]")
    expect(panel).to_contain_text(desk.number)
    email = panel.get_by_role("textbox", name=words("Recipient's email address"), exact=True)
    email.fill("no address")
    email.press("Enter")
    expect(tray.get_by_role("alert")).to_be_visible()
    email.fill("carol@example.org")
    panel.get_by_role("button", name=words("Send"), exact=True).click()
    expect(tray.get_by_role("status")).to_contain_text("carol@example.org")
    expect(tray.get_by_role("alert")).to_be_hidden()
    expect(email).to_have_value("")

    panel.get_by_role("button", name=words("More ways to invite"), exact=True).click()

    dialog = desk.page.get_by_role("dialog")
    expect(dialog).to_contain_text("carol@example.org")
    desk.page.keyboard.press("Escape")
    email.press("Escape")
    expect(panel).to_be_hidden()
    expect(tray.get_by_role("button", name=words("Invite"), exact=True)).to_be_focused()


def test_menus_of_the_tray_by_keyboard(desk, tray, words):
    session = menu(tray, words("Session"))
    session.focus()
    tray.keyboard.press("ArrowDown")
    transfer = menu(tray, words("Transfer Control"))
    tray.keyboard.press("ArrowDown")
    expect(transfer).to_be_focused()
    tray.keyboard.press("Enter")
    tray.keyboard.press("ArrowDown")
    expect(tray.get_by_role("button", name=words("Ask a representative"), exact=True)).to_be_focused()
    tray.keyboard.press("Escape")
    expect(transfer).to_be_focused()
    tray.keyboard.press("ArrowUp")
    expect(session).to_be_focused()
    tray.keyboard.press("Escape")
    expect(transfer).to_be_hidden()
    tray.keyboard.press("ArrowDown")
    tray.keyboard.press("ArrowUp")
    expect(tray.get_by_role("button", name=words("End session"), exact=True)).to_be_focused()
    tray.keyboard.press("Enter")

    expect(desk.page.get_by_role("dialog")).to_be_visible()
    expect(transfer).to_be_hidden()
