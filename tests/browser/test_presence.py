"""Pages that are reloaded, closed, left, opened twice and cut off (S5, E1, E2, E3)."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Desk
from tests.browser.wire import Wire
from tests.browser.words import Words

# What a browser says on its console while there is no network, and of regions that a page asked for too late.
NO_NETWORK = (r"net::ERR_", r"WebSocket connection to", r"status of 410")


@pytest.fixture
def bilals_wire(site):
    with Wire(site) as wire:
        yield wire


@pytest.fixture
def carols_wire(site):
    with Wire(site) as wire:
        yield wire


@pytest.fixture
def desk(bilals_wire, carols_wire, new_csr):
    desk = new_csr("bilal", by=bilals_wire).start()
    desk.is_live()
    return desk


@pytest.fixture
def carol(desk, carols_wire, new_customers):
    carol = new_customers(by=carols_wire).join(desk.number, "Carol")
    carol.is_live()
    return carol


def test_a_reload_keeps_the_session_and_closing_the_dashboard_ends_it(desk, carol, words):
    desk.say("One moment, I reload this page")
    with desk.is_asked_before_leaving():
        desk.reload()
    carol.reload()
    for side in (desk, carol):
        side.hears_in_order("One moment, I reload this page")
    carol.say("I have reloaded mine too")
    desk.hears("I have reloaded mine too")
    expect(desk.participant("Carol")).to_have_count(1)

    desk.leave_by_closing()
    carol.is_told_that("The representative’s page was closed")
    page = desk.person.open(f"/sessions/{desk.key}/")
    expect(page.get_by_role("heading", name=words("The session has ended"))).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(words("dashboard closed"))


def test_opening_another_page_in_the_dashboards_tab_ends_the_session(desk, carol, words):
    desk.message.click()
    with desk.is_asked_before_leaving():
        desk.page.evaluate("location.assign('/')")
    expect(desk.page).to_have_url(desk.person.site.url + "/")
    carol.is_told_that("The representative’s page was closed")


@pytest.mark.parametrize("link", ["Support Center", "Join", "Reports"])
def test_links_of_the_bar_open_beside_the_session(desk, carol, words, link):
    site = desk.unfold_site()
    with desk.page.expect_popup() as opened:
        site.get_by_role("link", name=words(link)).click()
    expect(opened.value).not_to_have_url(desk.page.url)
    desk.say("Still here")
    carol.hears("Still here")


def test_a_link_that_was_drawn_again_opens_beside_the_session(desk, carol, words):
    """The agent's menu is drawn by the inbox, which knows of no session."""
    desk.page.locator("[data-agent-bar] [data-key=agent-status-button]").click()
    link = desk.page.locator(".agent-bar__inbox")
    expect(link).not_to_have_attribute("target", "_blank")
    with desk.page.expect_popup() as opened:
        link.click()
    expect(opened.value).to_have_url(re.compile(r"/webacd/inbox/"))
    desk.say("Still here")
    carol.hears("Still here")


def test_home_leads_back_to_the_session(desk, carol, words):
    site = desk.unfold_site()
    with desk.page.expect_popup() as opened:
        site.get_by_role("link", name=words("Support Center")).click()
    home = opened.value
    home.get_by_role("region", name=words("Running sessions")).get_by_role("link").click()
    back = Desk(home, desk.person)
    back.is_live()
    back.say("I took a look at Home")
    carol.hears("I took a look at Home")


def test_another_language_asks_nothing_and_the_session_goes_on(desk, carol, words):
    asked = []
    desk.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    button = desk.unfold_site().locator("button[name=language]").filter(visible=True)
    other = button.get_attribute("value")
    button.click()
    expect(desk.page.locator("html")).to_have_attribute("lang", other)
    desk.words = Words(other)
    desk.is_live()
    carol.say("Still here")
    expect(desk.page.get_by_role("log").get_by_text("Still here")).to_be_visible()
    assert asked == []


def test_ways_out_name_the_customers_they_cut_off(desk, carol, words):
    """Sign out is asked for by our own question alone; the browser's would name nobody."""
    # The other tests go on with the sign-in that all have in common.
    sign_in_again(desk.person)
    page = desk.page
    page.get_by_role("button", name=words("End session"), exact=True).first.click()
    question = page.get_by_role("dialog")
    expect(question.locator("strong")).to_contain_text("Carol")
    question.get_by_role("button", name=words("Cancel"), exact=True).click()

    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    for answer in ("Cancel", "Sign out"):
        desk.unfold_site().get_by_role("button", name="Bilal Nasser").click()
        page.locator("[data-signs-out] button").click()
        expect(question.locator("strong")).to_contain_text("Carol")
        question.get_by_role("button", name=words(answer), exact=True).click()
        expect(question).to_have_count(0)
    page.wait_for_url(desk.person.site.url + "/")
    carol.is_told_that("The representative’s page was closed")
    assert asked == []


def sign_in_again(csr):
    """In another tab, after the site has forgotten the first time; every tab has a new CSRF token now."""
    csr.context.clear_cookies(name="sessionid")
    csr.sign_in()


def test_signing_in_again_in_another_tab_leaves_the_console_able_to_act(desk, carol):
    sign_in_again(desk.person)
    desk.end()
    carol.is_thanked()


def test_a_page_that_closes_after_signing_in_again_still_says_goodbye(desk, carol, words):
    sign_in_again(desk.person)
    desk.leave_by_closing()
    carol.is_told_that("The representative’s page was closed")
    page = desk.person.open(f"/sessions/{desk.key}/")
    expect(page.get_by_role("main")).to_contain_text(words("dashboard closed"))


def test_a_plain_form_of_a_page_older_than_the_sign_in_is_sent_all_the_same(bilal, words):
    """Of a page that has not heard of it; others lead to the sign-in page at once."""
    bilal.context.route_web_socket(re.compile("/ws/"), lambda socket: socket.close())
    page = bilal.open("/sessions/start/")
    sign_in_again(bilal)
    page.get_by_role("button", name=words("Start"), exact=True).click()
    page.wait_for_url(re.compile(r"/sessions/[-\w]{16,}/"))


def test_a_second_tab_takes_over_and_the_first_says_so(desk, carol, words):
    second = desk.again()
    second.is_live()
    expect(desk.page.get_by_role("heading", name=words("This session is open in another tab"))).to_be_visible()
    second.say("I write from the second tab")
    carol.hears("I write from the second tab")
    expect(desk.chat).to_be_hidden()

    desk.page.get_by_role("button", name=words("Use it here")).click()
    desk.is_live()
    desk.hears("I write from the second tab")
    expect(second.page.get_by_role("heading", name=words("This session is open in another tab"))).to_be_visible()
    desk.say("And here I am again")
    carol.hears("And here I am again")


def test_a_lost_representative_is_waited_for_with_the_seconds_and_comes_back(
    admin_decides, desk, carol, bilals_wire, watch
):
    # A page tries again after eight seconds at most, when it has tried a few times.
    admin_decides(connection_grace=60)
    watch.expect(*NO_NETWORK)
    bilals_wire.cut()
    desk.is_reconnecting()
    expect(carol.reconnecting).to_be_visible()
    expect(carol.page.locator("[data-representative-lost] [data-seconds]")).to_have_text(re.compile(r"^[1-5]?\d$"))
    desk.say("Written while the network was away")

    bilals_wire.mend()
    desk.is_live()
    expect(carol.reconnecting).to_be_hidden()
    carol.hears("Written while the network was away")


def test_a_representative_who_stays_away_ends_the_session(desk, carol, bilals_wire, watch):
    watch.expect(*NO_NETWORK)
    bilals_wire.cut()
    carol.is_told_that("The connection to the representative was lost")
    bilals_wire.mend()
    desk.shows_ended("connection lost")


def test_a_customer_who_is_cut_off_is_shown_as_reconnecting_and_keeps_the_seat(desk, carol, carols_wire, watch, words):
    watch.expect(*NO_NETWORK)
    carols_wire.cut()
    expect(desk.participant("Carol")).to_contain_text(words("reconnecting"))
    desk.say("Are you still there?")
    carols_wire.mend()
    carol.hears("Are you still there?")
    expect(desk.participant("Carol")).not_to_contain_text(words("reconnecting"))


def test_an_assistant_who_closes_their_page_leaves_unasked(desk, carol, faris):
    assistant = faris.assist(desk.number)
    assistant.is_live()
    assistant.say("I am here as well")
    carol.hears("I am here as well")
    assistant.page.close(run_before_unload=True)
    expect(desk.participant("Faris Odeh")).to_have_count(0)
    carol.say("The session goes on")
    desk.hears("The session goes on")


@pytest.mark.parametrize("words", ["en"], indirect=True)
def test_a_network_that_goes_without_a_word_is_noticed_by_both_sides(desk, carol, bilals_wire, watch):
    """Nothing closes such a socket: the page's ping is not answered, and the server hears nothing."""
    watch.expect(*NO_NETWORK)
    bilals_wire.freeze()
    expect(carol.reconnecting).to_be_visible(timeout=45_000)
    desk.is_reconnecting()
    bilals_wire.mend()
    desk.is_live()
    expect(carol.reconnecting).to_be_hidden()


def test_customer_changes_the_language_and_stays(desk, carol):
    """The page is drawn again, and the seat is still theirs."""
    other = carol.page.locator("[name=language]").get_attribute("value")
    carol.page.locator("[name=language]").click()
    expect(carol.page.locator("html")).to_have_attribute("lang", other)
    carol.words = Words(other)
    carol.is_live()
    carol.say("The same person")
    desk.hears("The same person")
