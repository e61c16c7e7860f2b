"""What is pressed before the page's scripts are there is done when they come."""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.site import SHORT_GRACES
from tests.browser.webacd import Inbox


@pytest.fixture(scope="module", autouse=True)
def time_to_load(site):
    """A page that is held back must not be taken for one that was closed."""
    site.decide(reload_grace=60)
    yield
    site.decide(reload_grace=SHORT_GRACES["reload_grace"])


@contextmanager
def held_back(page, what, *, but="nothing"):
    """Such requests of the page are on their way until the block ends."""
    held, is_over = [], False

    def hold(route):
        if is_over or but in route.request.url:
            route.continue_()
        else:
            held.append(route)

    page.route(what, hold)
    yield
    is_over = True
    for route in held:
        route.continue_()


def scripts_held_back(page):
    """All but what has to be there first."""
    return held_back(page, "**/*.js", but="/js/before_load")


@pytest.fixture
def desk(bilal):
    desk = bilal.start()
    desk.is_live()
    return desk


@contextmanager
def before_its_scripts(desk):
    """The dashboard, reloaded, is on the screen and has no scripts yet."""
    desk.page.on("dialog", lambda dialog: dialog.accept())
    with scripts_held_back(desk.page):
        desk.page.reload(wait_until="commit")
        expect(desk.page.locator("[data-toasts]")).to_be_attached()
        yield desk.page


def test_end_of_the_session_is_asked_first(desk, words):
    with before_its_scripts(desk) as page:
        page.get_by_role("button", name=words("End session"), exact=True).first.click()
    expect(page.get_by_role("dialog", name=words("End the session for everyone?"))).to_be_visible()
    desk.is_live()


def test_tab_is_chosen(desk, words):
    with before_its_scripts(desk) as page:
        page.get_by_role("tab", name=words("Session"), exact=True).click()
    expect(page.get_by_role("tab", name=words("Session"), exact=True)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel", name=words("Session"), exact=True)).to_be_visible()


def test_number_is_copied(desk, words):
    desk.person.context.grant_permissions(["clipboard-read", "clipboard-write"])
    number = desk.number
    with before_its_scripts(desk) as page:
        page.get_by_role("button", name=words("Copy the session number")).click()
    expect(page.locator("[data-announcer]").filter(has_text=words("Copied"))).to_be_attached()
    assert page.evaluate("navigator.clipboard.readText()") == number


def test_chat_is_sent(desk, words):
    with before_its_scripts(desk) as page:
        desk.say("I was quick")
    desk.hears("I was quick")
    expect(page).to_have_url(re.compile(desk.key))


def test_invitation_opens_without_any_script(desk, words):
    with before_its_scripts(desk) as page:
        page.get_by_role("button", name=words("Invite"), exact=True).click()
        expect(page.get_by_role("dialog", name=words("Invite"))).to_be_visible()


def test_status_of_an_agent_is_set(bilal, words):
    inbox = Inbox(bilal, "Signed out")
    page = inbox.page
    with scripts_held_back(page):
        page.reload(wait_until="commit")
        page.get_by_label(words("Status"), exact=True).select_option(label=words("Available"))
    expect(page.locator(".inbox-status__now")).to_contain_text(words("Available"))
    inbox.close()


def test_status_that_the_browser_remembers_is_not_shown(bilal, words):
    """It shows what the site knows, also when the browser fills in what was there before."""
    inbox = Inbox(bilal, "Away")
    page = inbox.page
    with scripts_held_back(page):
        page.reload(wait_until="commit")
        expect(page.locator("#agent-status")).to_be_attached()
        page.evaluate("document.querySelector('#agent-status').value = 'available'")
    expect(page.locator("#agent-status")).to_have_value("away")
    inbox.close()


def test_status_that_is_refused_is_not_shown(bilal, words, watch):
    watch.expect(r"net::ERR_")
    inbox = Inbox(bilal, "Away")
    inbox.page.route("**/status/", lambda route: route.abort())
    inbox.page.get_by_label(words("Status"), exact=True).select_option("available")
    expect(inbox.page.locator("#agent-status")).to_have_value("away")
    inbox.page.unroute_all()
    inbox.close()


def test_status_chosen_while_another_is_on_its_way_is_the_one_that_counts(bilal, words):
    inbox = Inbox(bilal, "Signed out")
    status = inbox.page.get_by_label(words("Status"), exact=True)
    with held_back(inbox.page, "**/status/"):
        with inbox.page.expect_request("**/status/"):
            status.select_option("available")
        status.select_option("away")
    expect(inbox.page.locator(".inbox-status__now")).to_contain_text(words("Away"))
    inbox.close()


def test_session_is_not_ended_unasked_where_the_scripts_never_come(desk, words, watch):
    watch.expect(r"net::ERR_FAILED")
    asked = []
    page = desk.page

    def answer(dialog):
        """Yes to leaving the page, no to the rest."""
        if dialog.type == "beforeunload":
            dialog.accept()
        else:
            asked.append(dialog.message)
            dialog.dismiss()

    page.on("dialog", answer)
    page.route("**/*.js", lambda route: route.continue_() if "/js/before_load" in route.request.url else route.abort())
    page.reload()
    page.get_by_role("button", name=words("End session"), exact=True).first.click()
    assert asked == [words("End the session for everyone?")]
    page.unroute_all()
    page.reload()
    desk.is_live()
