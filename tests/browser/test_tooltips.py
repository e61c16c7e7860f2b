"""What a button is called, and its key, for a pointer and for the focus; the keys only while they are switched on."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def console(bilal):
    desk = bilal.start()
    desk.is_live()
    return desk


def tooltip(page):
    return page.locator(".tooltip:popover-open")


def says(page, words, key=""):
    expect(tooltip(page).locator("bdi")).to_have_text(words)
    expect(tooltip(page).locator("kbd")).to_have_text([key] if key else [])


def focus_by_keyboard(page, target):
    """As by walking there with the Tab key."""
    page.keyboard.press("Tab")
    target.focus()


def switch_keys(page, words, *, on):
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_label(words("Single-key shortcuts")).set_checked(on)
    page.keyboard.press("Escape")


def test_a_pointer_and_the_focus_are_told_name_and_key(console, words):
    page = console.page
    people = page.locator("[data-people-here]")
    people.hover()
    says(page, words("Participants"), "U")
    page.mouse.move(400, 500)
    expect(tooltip(page)).to_have_count(0)
    focus_by_keyboard(page, people)
    says(page, words("Participants"), "U")
    page.keyboard.press("Escape")
    expect(tooltip(page)).to_have_count(0)
    expect(people).to_be_focused()


def test_icons_without_a_key_are_named_and_keep_their_title(console, words):
    page = console.page
    copy = page.locator(".number-chip [data-copy]")
    focus_by_keyboard(page, copy)
    says(page, words("Copy the session number"))
    # Or the browser would show it too.
    expect(copy).not_to_have_attribute("title", words("Copy the session number"))
    console.message.focus()
    expect(copy).to_have_attribute("title", words("Copy the session number"))
    replies = page.locator("[data-replies-button]")
    focus_by_keyboard(page, replies)
    says(page, words("Replies: type / or #"))
    expect(replies).to_have_accessible_description(words("Replies: type / or #"))


def test_the_list_of_commands_keeps_its_key_when_the_others_are_off(console, words):
    page = console.page
    commands = page.locator("[data-lists-commands]")
    expect(commands).to_have_attribute("aria-keyshortcuts", "Control+K")
    focus_by_keyboard(page, commands)
    says(page, words("Commands"), "Ctrl K")
    switch_keys(page, words, on=False)
    expect(commands).to_have_attribute("aria-keyshortcuts", "Control+K")
    expect(page.locator("[data-shortcut][aria-keyshortcuts]")).to_have_count(0)
    focus_by_keyboard(page, page.locator("[data-people-here]"))
    says(page, words("Participants"))
    switch_keys(page, words, on=True)


def test_each_key_is_told_where_it_is(console, words):
    """By the rail's words where there is room for them, by a tooltip elsewhere."""
    page = console.page
    for part in page.locator("[data-shortcut]:not([data-shortcut='']):visible").all():
        key = part.get_attribute("data-shortcut")
        expect(part).to_have_attribute("aria-keyshortcuts", key)
        if part.is_disabled():
            continue
        focus_by_keyboard(page, part)
        word = part.locator(".tool__word")
        if part.evaluate("(part) => Boolean(part.closest('.tools'))"):
            expect(word).to_have_css("opacity", "1")
            assert word.evaluate("(word) => getComputedStyle(word, '::after').content").startswith(f'"  {key}"')
        else:
            expect(tooltip(page).locator("kbd")).to_have_text(key)
    # A low rail scrolls, and would cut its words off.
    page.set_viewport_size({"width": 1280, "height": 560})
    invite = page.locator(".tools [data-shortcut=I]:visible").first
    focus_by_keyboard(page, invite)
    says(page, words("Invite"), "I")


def test_sessions_of_one_window_say_their_digits(amal, words):
    desk = amal.start()
    page = desk.page
    page.get_by_role("button", name=words("New session")).click()
    tabs = page.locator("[data-session-tabs] [role=tab]")
    expect(tabs).to_have_count(2)
    expect(tabs.nth(0)).to_have_attribute("aria-keyshortcuts", "1")
    expect(tabs.nth(1)).to_have_attribute("aria-keyshortcuts", "2")
    tabs.nth(0).hover()
    expect(tooltip(page).locator("kbd")).to_have_text("1")
    tabs.nth(0).click()
    room = page.locator("[data-room]:not([hidden])")
    room.get_by_role("button", name=words("End session"), exact=True).first.click()
    page.get_by_role("dialog").get_by_role("button", name=words("End session"), exact=True).click()
    expect(tabs).to_have_count(1)
    expect(tabs.nth(0)).to_have_attribute("aria-keyshortcuts", "1")


def test_tools_of_the_tray_say_the_keys_of_the_page(console, words):
    page = console.page
    page.evaluate("delete window.documentPictureInPicture; window.open = () => null")
    page.get_by_role("button", name=words("Pop out tray")).click()
    dock = page.locator("[data-tray-dock]")
    video = dock.locator("[data-key=tool-video]")
    expect(video).to_have_attribute("aria-keyshortcuts", "V")
    focus_by_keyboard(page, video)
    label = video.locator(".tray__label")
    assert label.evaluate("(word) => getComputedStyle(word, '::after').content").startswith('"  V"')
    expect(tooltip(page)).to_have_count(0)
    focus_by_keyboard(page, dock.locator("[data-dock-close]"))
    says(page, words("Close the tray"))
    switch_keys(page, words, on=False)
    expect(video).not_to_have_attribute("aria-keyshortcuts", "V")
    switch_keys(page, words, on=True)
    expect(video).to_have_attribute("aria-keyshortcuts", "V")
