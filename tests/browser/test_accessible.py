"""Rooms in which axe finds nothing serious, and the main job by keyboard alone (E45)."""

import pytest
from playwright.sync_api import expect

from tests.browser.faults import serious_faults


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_rooms_have_no_serious_fault(bilal, faris, customers, words, scheme):
    desk = bilal.start()
    desk.page.emulate_media(color_scheme=scheme)
    faults = serious_faults(desk.page)
    carol = customers.join(desk.number)
    carol.page.emulate_media(color_scheme=scheme)
    assistant = faris.assist(desk.number)
    carol.say("Hello")
    desk.hears("Hello")
    for side in (desk, carol, assistant):
        faults += serious_faults(side.page)
    desk.page.get_by_role("button", name=words("Invite"), exact=True).click()
    faults += serious_faults(desk.page)
    desk.page.keyboard.press("Escape")
    carol.page.set_viewport_size({"width": 390, "height": 844})
    faults += serious_faults(carol.page)
    desk.end()
    carol.is_thanked()
    faults += serious_faults(carol.page)
    assert faults == []


def test_main_job_by_keyboard_alone(bilal, customers, words):
    page = bilal.open("/sessions/start/")
    press_on(page, page.get_by_role("button", name=words("Start"), exact=True))
    number = page.locator("[data-session-number]")
    expect(number).to_be_visible()

    stranger = customers.stranger().open("/join/")
    type_into(stranger, stranger.get_by_label(words("Session number")), number.inner_text())
    type_into(stranger, stranger.get_by_label(words("Your name")), "Carol")
    stranger.keyboard.press("Enter")
    type_into(stranger, stranger.get_by_role("textbox", name=words("Message"), exact=True), "It says error 7")
    stranger.keyboard.press("Enter")

    expect(page.get_by_role("log").get_by_text("It says error 7")).to_be_visible()
    type_into(page, page.get_by_role("textbox", name=words("Message"), exact=True), "Thank you")
    page.keyboard.press("Enter")
    expect(stranger.get_by_role("log").get_by_text("Thank you")).to_be_visible()
    press_on(page, page.get_by_role("button", name=words("Invite"), exact=True))
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=words("Invite"), exact=True)).to_be_focused()
    press_on(page, page.get_by_role("button", name=words("End session"), exact=True).first)
    expect(page.get_by_role("dialog")).to_be_visible()
    press_on(page, page.get_by_role("dialog").get_by_role("button", name=words("End session"), exact=True))
    expect(stranger.get_by_role("heading", name=words("Thank you"), exact=True)).to_be_visible()


def reach(page, wanted):
    """Walk there with the Tab key, as somebody without a mouse does."""
    wanted.wait_for()
    for _step in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the Tab key does not lead there")


def press_on(page, wanted):
    reach(page, wanted)
    page.keyboard.press("Enter")


def type_into(page, wanted, text):
    reach(page, wanted)
    page.keyboard.type(text)
