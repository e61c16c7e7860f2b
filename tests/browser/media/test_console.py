"""The console: the stage first. With everything running it has most of the window, and nothing is covered or hidden."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.faults import MISPLACED, serious_faults

BLUE = (0, 0, 255)
SCREEN = "Carol’s screen"
WIDTHS = [(1440, 900), (1280, 800), (1100, 700), (768, 1024), (390, 844)]
# The part of the window that the stage has, and how high the bars above it are together.
STAGE = """() => {
  const { width, height, top } = document.querySelector("[data-stage]").getBoundingClientRect();
  return [(width * height) / (innerWidth * innerHeight), top];
}"""


@pytest.fixture
def desk(cast):
    """Bilal's, with a share, a call, a camera and a recording going on."""
    desk = cast.starts("bilal")
    carol = cast.joins_with_tab(desk.number)
    desk.button("See Carol’s screen").click()
    carol.allows()
    desk.sees(SCREEN, BLUE)
    desk.button("Voice call").click()
    desk.button("Video").click()
    desk.button("Recording").click()
    desk.page.get_by_role("dialog").get_by_role("button", name="Start recording").click()
    expect(desk.page.locator("[data-recording-sign][data-state=running]")).to_be_visible()
    expect(desk.page.locator(".tile[data-mine]")).to_be_visible()
    desk.carol = carol
    return desk


def test_the_stage_has_most_of_the_window_with_everything_running(desk):
    desk.page.set_viewport_size({"width": 1440, "height": 900})
    share, bars = desk.page.evaluate(STAGE)
    assert share >= 0.7
    assert bars <= 48
    drawer = desk.page.get_by_role("complementary", name="Conversation, customer, notes and files")
    assert drawer.bounding_box()["width"] == 320


def test_nothing_is_covered_too_small_or_out_of_the_window(desk):
    faults = {}
    for width, height in WIDTHS:
        desk.page.set_viewport_size({"width": width, "height": height})
        for tab in ("Desktop", "Application", "Session", "Tools"):
            desk.tab(tab)
            if found := desk.page.evaluate(MISPLACED):
                faults[width, tab] = found
    assert not faults, faults
    desk.page.set_viewport_size({"width": 1440, "height": 900})
    assert serious_faults(desk.page) == []


def test_an_assistant_can_answer_a_call_at_any_width(cast):
    desk = cast.starts("bilal")
    cast.joins(desk.number)
    assistant = cast.assists("amal", desk.number)
    desk.button("Voice call").click()
    expect(assistant.button("Answer")).to_be_visible()
    faults = {}
    for width, height in WIDTHS:
        assistant.page.set_viewport_size({"width": width, "height": height})
        faults[width] = assistant.page.evaluate(MISPLACED)
    assert not any(faults.values()), faults


def test_the_five_most_used_functions_are_one_press_away_on_every_tab(cast):
    desk = cast.starts("bilal")
    cast.joins(desk.number)
    expect(desk.button("View customer's desktop")).to_be_enabled()
    for tab in ("Tools", "Desktop", "Application", "Session"):
        desk.tab(tab)
        for name in ("View customer's desktop", "Voice call", "File transfer", "Recording", "Transfer Session"):
            expect(desk.button(name)).to_have_count(1)


def test_everything_is_stopped_by_one_press(desk):
    desk.button("Stop everything").click()

    for page in (desk.page, desk.carol.page):
        expect(page.locator("[data-recording-sign]")).to_have_count(0)
        expect(page.locator("[data-call]")).to_be_hidden()
    desk.sees_nothing()
    expect(desk.button("Stop everything")).to_have_count(0)


class Presses:
    """Counts what is pressed on a page."""

    def __init__(self, page):
        self.count, self.page = 0, page

    def press(self, control):
        self.count += 1
        control.click()


def test_control_is_handed_to_an_assistant_by_two_presses(cast):
    desk = cast.starts("bilal")
    cast.joins(desk.number)
    assistant = cast.assists("amal", desk.number)
    presses = Presses(desk.page)
    presses.press(desk.page.locator("[data-people-here]"))
    presses.press(desk.button("Transfer control to Amal Haddad"))
    expect(assistant.button("End session")).to_be_visible()
    assert presses.count <= 2


def test_a_colleague_is_asked_to_assist_by_two_presses(cast):
    colleague = cast.csr("amal").open("/")
    expect(colleague.locator("[data-agent-bar]")).to_have_attribute("data-connection", "live")
    desk = cast.starts("bilal")
    presses = Presses(desk.page)
    presses.press(desk.button("Invite"))
    presses.press(desk.page.get_by_role("button", name=re.compile("Ask .?Amal Haddad")))
    expect(desk.page.get_by_text(re.compile("Amal Haddad.? has been asked to assist."))).to_be_visible()
    assert presses.count <= 2
    with colleague.expect_popup() as opened:
        colleague.get_by_role("link", name="Assist Session", exact=True).click()
    opened.value.locator("main").get_by_role("button", name="Join", exact=True).click()
    opened.value.wait_for_url(f"**/sessions/{desk.key}/")


def test_what_one_shares_is_no_mirror_on_the_own_stage(cast):
    desk = cast.starts_with_tab("bilal")
    cast.joins(desk.number)
    desk.shares_desktop()

    stage = desk.page.locator("[data-stage]")
    expect(stage.get_by_role("heading", name="You are sharing a browser tab.")).to_be_visible()
    expect(stage.get_by_text(re.compile("Seen by .?Carol"))).to_be_visible()
    picture, whole = (place.bounding_box() for place in (desk.tiles, stage))
    assert picture["width"] * picture["height"] < 0.05 * whole["width"] * whole["height"]


def test_the_number_link_and_code_stand_side_by_side_before_anybody_has_come(cast):
    desk = cast.starts("bilal")
    stage = desk.page.locator("[data-stage]")
    expect(stage.get_by_text(desk.number)).to_be_visible()
    expect(stage.get_by_role("img", name="QR code of the join link")).to_be_visible()
    expect(stage.get_by_role("button", name="Copy join link")).to_be_visible()
    cast.joins(desk.number)
    expect(stage.get_by_role("img", name="QR code of the join link")).to_have_count(0)


def test_a_message_that_comes_while_another_tab_of_the_drawer_is_shown_is_unread(cast):
    desk = cast.starts("bilal")
    carol = cast.joins(desk.number)
    desk.tab("Customer")
    facts = desk.page.get_by_role("tabpanel", name="Customer")
    expect(facts.get_by_text("English")).to_be_visible()
    carol.say("Hello")
    unread = desk.page.locator(".drawer [role=tab] [data-unread]")
    expect(unread).to_have_text("1")

    desk.tab("Tools")
    desk.page.get_by_role("button", name="Chat").click()

    expect(desk.page.get_by_role("textbox", name="Message")).to_be_focused()
    expect(unread).to_be_hidden()
    expect(desk.page.get_by_role("log").get_by_text("Hello")).to_be_visible()
