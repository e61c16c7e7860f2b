"""Every command of the console by keyboard: found by typing, or by one key; and the keys can be switched off."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def console(bilal, customers):
    desk = bilal.start()
    carol = customers.join(desk.number)
    carol.is_live()
    desk.participant("Carol").wait_for()
    desk.page.keyboard.press("Escape")
    return desk


def listed(page, words):
    """The open list of commands."""
    dialog = page.get_by_role("dialog", name=words("Commands"))
    expect(dialog).to_be_visible()
    return dialog


def test_a_command_is_found_by_typing(console, words):
    page = console.page
    page.keyboard.press("Control+k")
    dialog = listed(page, words)
    field = dialog.get_by_role("combobox")
    expect(field).to_be_focused()
    options = dialog.get_by_role("option")
    # Each stands once, though some have two buttons.
    names = options.locator("[data-word]").all_inner_texts()
    assert len(names) == len(set(names)) > 10
    field.press_sequentially(words("Invite")[:4])
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(options.first).to_contain_text(words("Invite"))
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("dialog", name=words("Invite"))).to_be_visible()
    # A dialog is answered first.
    page.keyboard.press("Control+k")
    expect(dialog).to_be_hidden()


def test_the_bar_has_a_button_for_the_list(console, words):
    console.page.get_by_role("button", name=words("Commands"), exact=True).click()
    expect(listed(console.page, words).get_by_role("combobox")).to_be_focused()


def test_nothing_found_says_so_and_arrows_walk(console, words):
    page = console.page
    page.keyboard.press("Control+k")
    dialog = listed(page, words)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    second = dialog.get_by_role("option").nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(dialog.get_by_role("combobox")).to_have_attribute("aria-activedescendant", second.get_attribute("id"))
    dialog.get_by_role("combobox").fill("xyzzy")
    expect(dialog.get_by_text(words("No command matches."))).to_be_visible()
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_one_key_is_enough_unless_one_is_typing(console, words):
    page = console.page
    page.keyboard.press("n")
    note = page.get_by_role("textbox", name=words("Note"), exact=True)
    expect(note).to_be_focused()
    page.keyboard.type("nice")
    expect(note).to_have_value("nice")
    note.fill("")
    note.blur()
    page.keyboard.press("c")
    expect(console.message).to_be_focused()
    console.message.blur()
    page.keyboard.press("e")
    asked = page.get_by_role("dialog")
    expect(asked.get_by_role("button", name=words("End session"), exact=True)).to_be_visible()
    # No key does anything behind a question.
    page.keyboard.press("i")
    expect(page.get_by_role("dialog", name=words("Invite"))).to_have_count(0)


def test_keys_are_told_and_can_be_switched_off(console, words):
    page = console.page
    button = page.get_by_role("button", name=words("Invite"), exact=True).first
    expect(button).to_have_attribute("aria-keyshortcuts", "I")
    page.keyboard.press("?")
    dialog = listed(page, words)
    expect(dialog.locator("kbd:visible", has_text="I").first).to_be_visible()
    dialog.get_by_label(words("Single-key shortcuts")).uncheck()
    expect(dialog.get_by_role("option").locator("kbd:visible")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(button).not_to_have_attribute("aria-keyshortcuts", "I")
    page.keyboard.press("i")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    # The list has no single key, and stays.
    page.keyboard.press("Control+k")
    listed(page, words).get_by_label(words("Single-key shortcuts")).check()
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    expect(page.get_by_role("dialog", name=words("Invite"))).to_be_visible()


def test_control_is_handed_on_by_typing_a_name(console, faris, words):
    helper = faris.assist(console.number)
    helper.is_live()
    page = console.page
    expect(console.participant("Faris")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    dialog = listed(page, words)
    dialog.get_by_role("combobox").press_sequentially("faris")
    expect(dialog.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(helper.page.get_by_role("button", name=words("End session"), exact=True).first).to_be_visible()


def test_sessions_of_one_window_are_reached_by_their_digits(amal, customers, words):
    desk = amal.start()
    page = desk.page
    page.get_by_role("button", name=words("New session")).click()
    tabs = page.locator("[data-session-tabs] [role=tab]")
    expect(tabs).to_have_count(2)
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("1")
    expect(tabs.nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("2")
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
    expect(desk.page.locator("[data-chat-form] textarea").nth(1)).to_have_value("")
    page.keyboard.press("1")
    expect(tabs.nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Control+k")
    dialog = listed(page, words)
    number = tabs.nth(1).get_attribute("data-number")
    dialog.get_by_role("combobox").press_sequentially(number)
    # How its connection stands is no part of its name.
    expect(dialog.get_by_role("option")).to_have_count(1)
    expect(dialog.get_by_role("option")).not_to_contain_text(words("Reconnecting…"))
    page.keyboard.press("Enter")
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
