"""E66: reactions to what is said, given by press and by keyboard, on every page at once."""

import re

import pytest
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def desk(bilal):
    return bilal.start()


@pytest.fixture
def carol(desk, customers):
    return customers.join(desk.number)


def line(person, text):
    return person.chat.locator("[data-line]").filter(has_text=text)


def react_button(person, text):
    return line(person, text).get_by_role("button", name=person.words("React"), exact=True)


def sign(person, name):
    context = "reaction" if name == "Thank you" else None
    return person.chat.get_by_role("group", name=person.words("React"), exact=True).get_by_role(
        "button", name=person.words(name, context=context), exact=True
    )


def react(person, text, name):
    line(person, text).hover()
    react_button(person, text).click()
    sign(person, name).click()


def chips(person, text):
    return line(person, text).get_by_role("group", name=person.words("Reactions"), exact=True).get_by_role("button")


def names(person, *parts):
    """Of a chip: the sign's name, the number, and who gave it."""
    return re.compile(".*".join(map(re.escape, parts)))


def test_reactions_are_on_both_pages_at_once(desk, carol, words):
    carol.say("It works again")
    desk.hears("It works again")

    react(desk, "It works again", "Thumbs up")
    for person in (desk, carol):
        expect(chips(person, "It works again")).to_have_text([re.compile("👍 *1")])
    expect(chips(desk, "It works again")).to_have_attribute("aria-pressed", "true")
    expect(chips(carol, "It works again")).to_have_attribute("aria-pressed", "false")
    expect(chips(carol, "It works again")).to_have_accessible_name(names(carol, words("Thumbs up"), "1", "Bilal"))

    chips(carol, "It works again").click()
    react(carol, "It works again", "Heart")
    for person in (desk, carol):
        expect(chips(person, "It works again")).to_have_text([re.compile("👍 *2"), re.compile("❤️ *1")])
    expect(chips(desk, "It works again").first).to_have_accessible_name(names(desk, words("Thumbs up"), "2", "Carol"))
    comma = words(", ", context="between the items of a list")
    expect(chips(desk, "It works again").first).to_have_accessible_name(names(desk, ": ", comma, "Carol"))

    for person in (desk, carol):
        person.reload()
        expect(chips(person, "It works again")).to_have_text([re.compile("👍 *2"), re.compile("❤️ *1")])
    chips(desk, "It works again").first.click()
    for person in (desk, carol):
        expect(chips(person, "It works again")).to_have_text([re.compile("👍 *1"), re.compile("❤️ *1")])
    expect(chips(desk, "It works again").first).to_have_attribute("aria-pressed", "false")


def test_by_keyboard_alone(desk, carol, words):
    for text in ("First", "Second", "Third"):
        desk.say(text)
    carol.hears("Third")

    # Each says what it is about.
    expect(react_button(carol, "First")).to_have_accessible_description("Bilal Nasser First")

    # One stop for all lines: from the message box back, at the last.
    carol.message.focus()
    carol.page.keyboard.press("Shift+Tab")
    expect(react_button(carol, "Third")).to_be_focused()
    carol.page.keyboard.press("Home")
    expect(react_button(carol, "First")).to_be_focused()
    carol.page.keyboard.press("ArrowDown")
    expect(react_button(carol, "Second")).to_be_focused()

    carol.page.keyboard.press("Enter")
    expect(sign(carol, "Thumbs up")).to_be_focused()
    expect(carol.chat.locator("[data-signs]")).to_have_accessible_description("Bilal Nasser Second")
    carol.page.keyboard.press("Escape")
    expect(react_button(carol, "Second")).to_be_focused()
    expect(carol.chat.locator("[data-signs]")).to_have_count(0)

    forward, back = (
        ("ArrowLeft", "ArrowRight") if carol.page.evaluate("document.dir") == "rtl" else ("ArrowRight", "ArrowLeft")
    )
    carol.page.keyboard.press("Enter")
    carol.page.keyboard.press(forward)
    expect(sign(carol, "Heart")).to_be_focused()
    carol.page.keyboard.press(back)
    carol.page.keyboard.press(back)
    expect(sign(carol, "Thank you")).to_be_focused()
    carol.page.keyboard.press("Enter")
    expect(react_button(carol, "Second")).to_be_focused()
    expect(chips(desk, "Second")).to_have_text([re.compile("🙏 *1")])

    carol.page.keyboard.press(forward)
    expect(chips(carol, "Second")).to_be_focused()
    carol.page.keyboard.press("Enter")
    expect(chips(desk, "Second")).to_have_count(0)
    # What had the focus is gone, and the focus is beside it.
    expect(react_button(carol, "Second")).to_be_focused()


def test_a_deleted_message_loses_them(desk, carol, words):
    desk.say("Not for you")
    carol.hears("Not for you")
    react(carol, "Not for you", "Smile")
    expect(chips(desk, "Not for you")).to_have_count(1)

    line(desk, "Not for you").get_by_role("button", name=words("Delete message")).focus()
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Shift+Tab")
    desk.page.keyboard.press("Enter")

    for person in (desk, carol):
        expect(person.chat.locator("[data-text]")).to_have_text([words("Message deleted")])
        expect(person.chat.get_by_role("button")).to_have_count(0)
    carol.reload()
    expect(carol.chat.get_by_role("button")).to_have_count(0)


def test_what_not_all_read_keeps_its_reactions(desk, carol, customers, words, watch):
    """E48."""
    watch.expect("status of 409")
    carol.say("Only for you")
    desk.hears("Only for you")
    late = customers.join(desk.number, "Late")
    late.is_live()
    react(desk, "Only for you", "Heart")
    refusal = "Someone has joined since this was written, so its reactions stay as they are."
    expect(desk.page.get_by_text(words(refusal))).to_be_visible()
    expect(chips(desk, "Only for you")).to_have_count(0)

    desk.say("For both")
    late.hears("For both")
    react(desk, "For both", "Heart")
    for person in (carol, late):
        expect(chips(person, "For both")).to_have_count(1)


def test_on_a_phone(desk, carol):
    carol.page.set_viewport_size(PHONE)
    desk.say("Is it all right now? " * 10)
    carol.hears("Is it all right now?")
    react(carol, "Is it all right now?", "Celebration")
    expect(chips(desk, "Is it all right now?")).to_have_text([re.compile("🎉 *1")])

    button = react_button(carol, "Is it all right now?")
    button.click()
    expect(sign(carol, "Thank you")).to_be_in_viewport(ratio=1)
    for each in (button, sign(carol, "Thank you"), chips(carol, "Is it all right now?")):
        box = each.bounding_box()
        assert box["width"] >= 24
        assert box["height"] >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
    log = carol.page.locator("[data-chat-lines]")
    assert log.evaluate("(log) => log.scrollWidth <= log.clientWidth")
