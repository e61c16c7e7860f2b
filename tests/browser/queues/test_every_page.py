"""An agent's status stands in the bar of every page, and an offer rings on every page."""

import re

from playwright.sync_api import expect

from tests.browser.media.people import until
from tests.browser.people import Desk
from tests.browser.queues.test_offers import rings_of
from tests.browser.webacd import AMAL_WATCHES, SHORT_ABSENCE, come_to, is_helped


def status_in(page):
    return page.locator(".agent-bar__button")


def choose(page, words, status):
    status_in(page).click()
    page.locator("#agent-menu").get_by_role("button", name=words(status), exact=True).click()


def test_an_agent_on_home_hears_an_offer_and_accepts_it_there(bilal, customers, words, at_work):
    home = at_work(bilal).page
    home.get_by_role("banner").get_by_role("link").first.click()
    expect(status_in(home)).to_contain_text(words("Available"))
    # The status has its slots as soon as the page is one on which offers come.
    expect(status_in(home)).to_contain_text(re.compile(r"0/\d"))
    rung = rings_of(home)
    stranger = customers.stranger()
    waiting = come_to(stranger)
    offer = home.get_by_role("article")
    expect(offer).to_contain_text("Carol")
    expect(home).to_have_title(re.compile(f"^{words('A customer is waiting for you')}"))
    assert until(rung) == 1
    offer.get_by_role("button", name=words("Accept"), exact=True).click()
    home.wait_for_url(re.compile(r"/sessions/[-\w]{16,}/"))
    is_helped(stranger, waiting).is_live()
    # The dashboard is a page like the others: it has one socket of the inbox, and the status.
    expect(status_in(home)).to_contain_text(re.compile(r"1/\d"))
    Desk(home, bilal).end()


def test_an_offer_goes_with_its_agent_from_page_to_page(bilal, customers, words, at_work):
    page = at_work(bilal).page
    page.goto(f"{bilal.site.url}/reports/")
    come_to(customers.stranger())
    offer = page.get_by_role("article")
    expect(offer).to_contain_text("Carol")
    page.goto(f"{bilal.site.url}/accounts/password/change/")
    expect(offer).to_contain_text("Carol")
    offer.get_by_role("button", name=words("Decline"), exact=True).click()
    expect(offer).to_have_count(0)
    expect(page).not_to_have_title(re.compile(words("A customer is waiting for you")))


def test_a_status_chosen_on_one_page_is_seen_on_the_others(bilal, words, at_work):
    inbox = at_work(bilal)
    reports, home = bilal.open("/reports/"), bilal.open("/")
    for page in (reports, home):
        expect(status_in(page)).to_contain_text(words("Available"))
        expect(page.locator(".agent-bar")).to_have_attribute("data-connection", "live")
    choose(reports, words, "Away")
    expect(reports.locator("#agent-menu")).to_be_hidden()
    for page in (reports, home, inbox.page):
        expect(status_in(page)).to_contain_text(words("Away"))
    expect(inbox.page.locator("#agent-status")).to_have_value("away")
    choose(inbox.page, words, "Available")
    for page in (reports, home, inbox.page):
        expect(status_in(page)).to_contain_text(words("Available"))


def test_who_closes_the_last_page_is_away_and_reads_why_on_any(amal, bilal, customers, words, at_work, decide):
    decide(SHORT_ABSENCE)
    inbox = at_work(amal)
    home = amal.open("/")
    expect(home.locator(".agent-bar")).to_have_attribute("data-connection", "live")
    inbox.page.close()
    stranger = customers.stranger()
    waiting = come_to(stranger)
    expect(home.get_by_role("article")).to_contain_text("Carol")
    second = at_work(bilal)
    home.close()
    expect(second.offer).to_contain_text("Carol")
    inbox.page = page = amal.open("/reports/")
    why = page.get_by_text(words("Your status was set to Away because you had no page of this site open."))
    expect(why).to_be_visible()
    expect(status_in(page)).to_contain_text(words("Away"))
    page.get_by_role("button", name=words("Available again"), exact=True).click()
    expect(why).to_have_count(0)
    expect(status_in(page)).to_contain_text(words("Available"))
    second.accept()
    is_helped(stranger, waiting)


def test_tiles_of_a_managers_home_are_live(amal, customers, words, decide):
    decide(AMAL_WATCHES)
    home = amal.open("/")
    waiting = home.locator(".home-tile").filter(has_text=words("Customers waiting")).locator(".home-tile__number")
    expect(waiting).to_have_text("0")
    come_to(customers.stranger())
    expect(waiting).to_have_text("1")
