"""Several customers, several sessions, an assistant, control passed on: S36-S64, S74, E3, E7, E9, E31-E34."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.tray import AS_POPUP, menu, popped_out


@pytest.fixture
def desk(bilal):
    """Bilal's dashboard: single-session mode."""
    return bilal.start()


def transfer_to(desk, words, name):
    """S57-S61: by the Session tab's menu and its dialog."""
    page = desk.page
    page.get_by_role("tab", name=words("Session"), exact=True).click()
    page.locator("[popovertarget^=transfer-menu]:visible").click()
    page.get_by_role("menuitem", name=words("Transfer Control"), exact=True).click()
    page.get_by_role("dialog", name=words("Transfer Control")).get_by_role("button", name=name).click()


def notice(desk):
    """Where control went, or that it came."""
    return desk.page.locator("[data-control-notice]")


def said(sentence, name):
    """The sentence with a name, which in Arabic carries its direction."""
    return re.compile(".?".join(map(re.escape, (*re.split(r"\{\w+\}", sentence)[:1], name))))


def end_buttons(desk, words):
    return desk.page.get_by_role("button", name=words("End session"), exact=True)


def leave_buttons(desk, words):
    return desk.page.get_by_role("button", name=words("Leave session"), exact=True)


def test_control_passes_by_dialog_and_comes_back(desk, faris, customers, words):
    carol = customers.join(desk.number)
    carol.page.evaluate("window.thisIsTheSamePage = true")
    assistant = faris.assist(desk.number)
    expect(desk.participant("Faris Odeh")).to_contain_text(words("assistant"))
    expect(end_buttons(assistant, words)).to_have_count(0)
    expect(assistant.page.get_by_role("button", name=words("Invite"), exact=True)).to_have_count(0)

    transfer_to(desk, words, "Faris Odeh")

    expect(end_buttons(assistant, words).first).to_be_visible()
    expect(end_buttons(desk, words)).to_have_count(0)
    expect(leave_buttons(desk, words).first).to_be_visible()
    expect(carol.page.get_by_text("Faris Odeh").first).to_be_visible()
    expect(notice(assistant)).to_contain_text(
        said(words("You are now the primary representative for {customer}."), "Carol")
    )
    expect(notice(desk)).to_contain_text(said(words("Transferred to {to}"), "Faris Odeh"))

    notice(desk).get_by_role("button", name=words("Ask for control back"), exact=True).click()
    expect(notice(desk)).to_contain_text(words("You have asked for control back."))
    notice(assistant).get_by_role("button", name=words("Return control"), exact=True).click()

    expect(end_buttons(desk, words).first).to_be_visible()
    expect(end_buttons(assistant, words)).to_have_count(0)
    carol.say("I stayed where I was")
    desk.hears("I stayed where I was")
    assistant.hears("I stayed where I was")
    assert carol.page.evaluate("window.thisIsTheSamePage")


def test_control_passes_by_the_trays_submenu_and_the_former_primary_leaves(desk, faris, customers, words):
    carol = customers.join(desk.number)
    assistant = faris.assist(desk.number)
    tray = popped_out(desk)
    expect(tray.get_by_text("Carol")).to_be_visible()

    menu(tray, words("Session")).click()
    menu(tray, words("Transfer Control")).click()
    tray.get_by_role("button", name="Faris Odeh").click()

    expect(end_buttons(assistant, words).first).to_be_visible()
    leave_buttons(desk, words).first.click()
    desk.page.get_by_role("dialog").get_by_role("button", name=words("Leave session"), exact=True).click()
    expect(assistant.participant("Bilal Nasser")).to_have_count(0)
    carol.say("Still here")
    assistant.hears("Still here")


def test_closing_the_tray_ends_nothing(bilal, customers, words):
    """As a popup, where there is no Picture-in-Picture."""
    bilal.context.add_init_script(AS_POPUP)
    desk = bilal.start()
    tray = popped_out(desk)
    expect(tray.get_by_role("button", name=words("Invite"), exact=True)).to_be_visible()

    tray.close()

    carol = customers.join(desk.number)
    carol.is_live()
    carol.say("Hello")
    desk.hears("Hello")


def test_tray_is_docked_where_no_window_opens(bilal, words):
    bilal.context.add_init_script("delete window.documentPictureInPicture; window.open = () => null")
    desk = bilal.start()

    desk.page.get_by_role("button", name=words("Pop out tray"), exact=True).click()

    tray = desk.page.get_by_role("complementary", name=words("icon tray"))
    expect(tray.get_by_role("button", name=words("Invite"), exact=True)).to_be_visible()


def test_empty_list_offers_to_invite(desk, words):
    page = desk.page
    page.get_by_role("tab", name=words("Session"), exact=True).click()
    page.locator("[popovertarget^=transfer-menu]:visible").click()
    page.get_by_role("menuitem", name=words("Transfer Control"), exact=True).click()

    dialog = page.get_by_role("dialog", name=words("Transfer Control"))
    expect(dialog.get_by_text(words("No one is assisting in this session"))).to_be_visible()
    dialog.get_by_role("button", name=words("Ask a representative")).click()
    expect(page.get_by_role("radio", name=words("Customer"), exact=True)).to_be_visible()


def test_single_session_mode_switches_between_customers(desk, customers, words):
    customers.join(desk.number, "Carol")
    customers.join(desk.number, "Omar")
    expect(desk.participant("Carol")).to_contain_text(words("current customer"))

    desk.participant("Omar").get_by_role("button", name="Omar", exact=True).click()

    expect(desk.participant("Omar")).to_contain_text(words("current customer"))
    expect(desk.participant("Carol")).not_to_contain_text(words("current customer"))


def test_second_start_in_single_session_mode_leads_to_the_first(desk, words):
    page = desk.person.open("/sessions/start/")

    expect(page.get_by_role("button", name=words("Start"), exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name=words("Go to the running session"))).to_be_visible()


def test_each_customer_has_a_tab_of_their_own(amal, customers, words):
    desk = amal.start()
    page = desk.page
    carol = customers.join(desk.number, "Carol")
    expect(page.get_by_role("tab", name=re.compile("Carol"))).to_be_visible()
    omar = customers.join(desk.number, "Omar")
    tab_of_omar = page.get_by_role("tab", name=re.compile("Omar"))

    omar.say("I am Omar")
    expect(tab_of_omar).to_have_attribute("data-count", "1")
    tab_of_omar.click()
    expect(page.get_by_role("log").get_by_text("I am Omar")).to_be_visible()
    carol.say("I am Carol")
    expect(page.get_by_role("tab", name=re.compile("Carol"))).to_have_attribute("data-count", "1")

    tab_of_omar.focus()
    page.keyboard.press("Home")
    expect(page.get_by_role("tab", name=re.compile("Carol"))).to_have_attribute("aria-selected", "true")
    page.reload()
    expect(tab_of_omar).to_be_visible()
    expect(page.get_by_role("log").get_by_text("I am Carol")).to_be_visible()


def test_each_press_on_new_session_opens_a_further_tab(amal, words):
    desk = amal.start()

    for tabs in (2, 3):
        desk.page.get_by_role("button", name=words("New session"), exact=True).click()
        expect(desk.page.locator("[data-session-tabs]").get_by_role("tab")).to_have_count(tabs)


def test_number_of_another_number_is_no_way_in(faris, words, watch):
    watch.expect(r"404 \(Not Found\).*/sessions/assist/")
    page = faris.open("/sessions/assist/")
    page.get_by_label(words("Session number")).fill("000 000 000")
    page.locator("main").get_by_role("button", name=words("Join"), exact=True).click()

    answer = words("There is no running session with this number. Check the nine digits with your representative.")
    expect(page.get_by_text(answer)).to_be_visible()


def open_transfer_menu(page, words):
    page.get_by_role("tab", name=words("Session"), exact=True).click()
    page.locator("[popovertarget^=transfer-menu]:visible").click()
    return page.get_by_role("menuitem", name=words("Transfer Control"), exact=True)


def test_multi_session_window_lists_the_assistants_in_a_submenu(amal, faris, customers, words):
    """S60: the same list as the dialog's, opened by hovering, and chosen by the keyboard as well."""
    desk = amal.start()
    customers.join(desk.number)
    item = open_transfer_menu(desk.page, words)
    item.hover()
    submenu = desk.page.get_by_role("menu", name=words("Transfer Control"), exact=True)
    expect(submenu).to_contain_text(words("No one is assisting in this session"))
    assistant = faris.assist(desk.number)
    choice = submenu.get_by_role("menuitem", name="Faris Odeh", exact=True)
    expect(choice).to_be_visible()
    expect(submenu.get_by_role("menuitem")).to_have_count(1)

    item.click()
    expect(choice).to_be_visible()
    item.focus()
    desk.page.keyboard.press("ArrowRight" if words.language == "en" else "ArrowLeft")
    expect(choice).to_be_focused()
    desk.page.keyboard.press("Enter")

    expect(end_buttons(assistant, words).first).to_be_visible()
    expect(end_buttons(desk, words)).to_have_count(0)


def test_choosing_a_tab_moves_nothing(desk, customers, words):
    """A long name makes the sentence of the Desktop tab long."""
    page = desk.page
    page.set_viewport_size({"width": 1200, "height": 800})
    customers.join(desk.number, name="Maximiliana Featherstonehaugh-Cholmondeley of Nether Wallop")
    expect(desk.participant("Maximiliana")).to_be_visible()
    stage = page.get_by_role("region", name=words("Shared screen and video"))
    tops = set()
    for name in ("Tools", "Desktop", "Application", "Session"):
        page.get_by_role("tab", name=words(name), exact=True).click()
        tops.add(stage.bounding_box()["y"])
    assert len(tops) == 1


def test_the_way_out_stands_once_on_a_phone(desk, faris, words):
    assistant = faris.assist(desk.number)
    for each, buttons in ((desk, end_buttons), (assistant, leave_buttons)):
        each.page.set_viewport_size({"width": 390, "height": 844})
        each.page.get_by_role("tab", name=words("Session"), exact=True).click()
        expect(buttons(each, words)).to_have_count(1)
        buttons(each, words).click()
        expect(each.page.get_by_role("dialog")).to_be_visible()


def test_the_mark_of_a_closed_conversation_is_seen(desk, faris, customers, words, watch):
    # The site takes them more slowly than they are written here; the page sends them by and by.
    watch.expect("status of 429")
    carol = customers.join(desk.number)
    assistant = faris.assist(desk.number)
    for number in range(20):
        carol.say(f"Line {number}")
    desk.hears("Line 19")
    for each in (carol, desk):
        each.page.set_viewport_size({"width": 390, "height": 844})
    transfer_to(desk, words, "Faris Odeh")
    for each in (carol, desk, assistant):
        mark = each.chat.get_by_text(words("This conversation was closed when control was transferred."))
        each.message.scroll_into_view_if_needed() if each is not desk else each.chat.scroll_into_view_if_needed()
        expect(mark).to_be_in_viewport()
