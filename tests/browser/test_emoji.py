"""E66: the emoji picker of the message box, by press and by keyboard, in the page's language and in English."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Customers, Person

PHONE = {"width": 390, "height": 844}
FILE = re.compile(r"/emoji/\w+(\.\w+)?\.json$")


@pytest.fixture
def desk(bilal):
    return bilal.start()


@pytest.fixture
def carol(desk, customers):
    return customers.join(desk.number)


@pytest.fixture(params=["representative", "customer"])
def both(request, desk, carol):
    """Who chooses, and who reads it."""
    return (desk, carol) if request.param == "representative" else (carol, desk)


def opener(person):
    return person.page.locator("form[data-chat-form]").get_by_role("button", name=person.words("Emoji"), exact=True)


def search(person):
    return person.page.get_by_role("searchbox", name=person.words("Find an emoji"), exact=True)


def grid(person):
    return person.page.get_by_role("grid", name=person.words("Emoji"), exact=True)


def cell(person, sign):
    return grid(person).locator(f"[data-emoji='{sign}']").first


def test_what_is_chosen_stands_at_the_caret_and_is_sent(both):
    chooses, reads = both
    chooses.message.fill("All done, goodbye")
    chooses.message.evaluate("(field) => field.setSelectionRange(8, 8)")
    opener(chooses).click()
    cell(chooses, "🎉").click()
    expect(chooses.message).to_have_value("All done🎉, goodbye")
    expect(chooses.message).to_be_focused()
    expect(grid(chooses)).to_be_hidden()
    chooses.page.keyboard.press("Enter")
    reads.hears("All done🎉, goodbye")


@pytest.mark.parametrize("sought", ["keyb", "لوحة مف"])
def test_found_by_keyboard_alone_in_either_language(carol, desk, words, sought):
    if words.language == "en" and not sought.isascii():
        sought = "LAPTOP"
    carol.message.focus()
    carol.page.keyboard.press("Tab")
    expect(opener(carol)).to_be_focused()
    carol.page.keyboard.press("Enter")
    expect(search(carol)).to_be_focused()
    expect(cell(carol, "😀")).to_be_visible()

    carol.page.keyboard.type(sought)
    sign = "💻" if sought == "LAPTOP" else "⌨️"
    expect(grid(carol).get_by_role("gridcell")).to_have_text([sign])
    carol.page.keyboard.press("ArrowDown")
    expect(cell(carol, sign)).to_be_focused()
    carol.page.keyboard.press("Enter")
    expect(carol.message).to_have_value(sign)
    expect(carol.message).to_be_focused()
    carol.page.keyboard.press("Enter")
    desk.hears(sign)


def test_keys_lead_through_the_grid_and_escape_back(carol, words):
    opener(carol).click()
    expect(cell(carol, "😀")).to_be_visible()
    carol.page.keyboard.press("ArrowDown")
    expect(cell(carol, "😀")).to_be_focused()
    carol.page.keyboard.press("ArrowLeft" if words.language == "ar" else "ArrowRight")
    expect(cell(carol, "😃")).to_be_focused()
    carol.page.keyboard.press("ArrowDown")
    expect(cell(carol, "😇")).to_be_focused()
    carol.page.keyboard.press("Home")
    expect(cell(carol, "😊")).to_be_focused()
    carol.page.keyboard.press("PageDown")
    expect(cell(carol, "👍")).to_be_focused()
    # One stop for Tab.
    carol.page.keyboard.press("Shift+Tab")
    expect(search(carol)).to_be_focused()
    carol.page.keyboard.press("Escape")
    expect(grid(carol)).to_be_hidden()
    expect(opener(carol)).to_be_focused()
    expect(carol.message).to_have_value("")


def test_names_are_in_the_language_of_the_page(carol, words):
    opener(carol).click()
    name = {"en": "thumbs up", "ar": "قبول"}[words.language]
    expect(cell(carol, "👍")).to_have_accessible_name(name)
    expect(grid(carol).get_by_role("rowgroup", name=words("People and hands"), exact=True)).to_have_count(1)
    search(carol).fill("no such thing")
    expect(carol.page.get_by_text(words("No emoji matches"))).to_be_visible()
    expect(grid(carol).get_by_role("gridcell")).to_have_count(0)


def test_what_was_used_last_comes_first_also_after_a_reload(carol, words):
    for sign in ("🔧", "☕", "🔧"):
        opener(carol).click()
        cell(carol, sign).click()
    expect(carol.message).to_have_value("🔧☕🔧")
    carol.reload()
    opener(carol).click()
    recent = grid(carol).get_by_role("rowgroup", name=words("Used last"), exact=True)
    expect(recent.get_by_role("gridcell")).to_have_text(["🔧", "☕"])


def test_nothing_is_fetched_before_it_is_opened_and_once_then(carol):
    asked = []
    carol.page.on("request", lambda request: FILE.search(request.url) and asked.append(request.url))
    carol.reload()
    carol.page.wait_for_load_state("networkidle")
    assert asked == []
    for _twice in range(2):
        opener(carol).click()
        expect(cell(carol, "😀")).to_be_visible()
        opener(carol).click()
        expect(grid(carol)).to_be_hidden()
    assert len(asked) == 1


def test_a_press_elsewhere_closes_it(desk):
    opener(desk).click()
    expect(cell(desk, "😀")).to_be_visible()
    desk.message.click()
    expect(grid(desk)).to_be_hidden()


def test_on_a_phone(carol):
    carol.page.set_viewport_size(PHONE)
    opener(carol).click()
    expect(cell(carol, "😀")).to_be_visible()
    panel = carol.page.locator("[data-emoji-panel]").bounding_box()
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= PHONE["width"]
    assert panel["y"] >= 0
    box = cell(carol, "😀").bounding_box()
    assert box["width"] >= 24
    assert box["height"] >= 24
    whole = carol.page.locator("[data-emoji-grid]")
    assert whole.evaluate("(grid) => grid.scrollWidth <= grid.clientWidth")


@pytest.mark.parametrize("keys", ["Enter", "Shift+Enter"])
def test_enter_in_the_search_sends_nothing(carol, keys):
    carol.message.fill("A draft")
    opener(carol).click()
    expect(cell(carol, "😀")).to_be_visible()
    carol.page.keyboard.press(keys)
    search(carol).fill("no such thing")
    carol.page.keyboard.press(keys)
    expect(grid(carol).get_by_role("gridcell")).to_have_count(0)
    expect(carol.message).to_have_value("A draft")
    expect(carol.chat.locator("[data-text]")).to_have_count(0)


def test_how_many_are_found_is_told(carol, words):
    opener(carol).click()
    expect(cell(carol, "😀")).to_be_visible()
    search(carol).fill("keyb")
    told = carol.page.locator("[data-emoji-panel]").get_by_role("status")
    expect(told).to_have_text(words("Emoji found: {count}").replace("{count}", "1"))
    search(carol).fill("")
    expect(told).to_have_text("")


def test_what_does_not_fit_is_told(carol, words):
    carol.message.fill("a" * 4000)
    opener(carol).click()
    cell(carol, "😀").click()
    expect(carol.page.get_by_text(words("The message is too long for another emoji"))).to_be_visible()
    expect(grid(carol)).to_be_visible()
    expect(carol.message).to_have_value("a" * 4000)


@pytest.mark.parametrize("height", [400, 260])
def test_the_panel_stays_whole_when_a_keyboard_leaves_less_room(carol, height):
    carol.page.set_viewport_size(PHONE)
    opener(carol).click()
    expect(cell(carol, "😀")).to_be_visible()
    carol.page.set_viewport_size(PHONE | {"height": height})
    for each in (search(carol), cell(carol, "😀")):
        expect(each).to_be_in_viewport(ratio=1)
        each.click(trial=True)


def test_a_finger_brings_up_no_keyboard(desk, new_context, site, words):
    context = new_context(locale=words.locale, is_mobile=True, has_touch=True, viewport=PHONE)
    carol = Customers(lambda: Person(context, site, words)).join(desk.number)
    opener(carol).tap()
    expect(cell(carol, "😀")).to_be_visible()
    expect(search(carol)).not_to_be_focused()
    expect(carol.page.locator("[data-emoji-panel]")).to_be_focused()
    carol.page.keyboard.press("ArrowDown")
    expect(cell(carol, "😀")).to_be_focused()
