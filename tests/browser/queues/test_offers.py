"""Agents are offered customers, wherever they are looking."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.media.people import until
from tests.browser.tray import AS_POPUP, SMALL, fits, popped_out
from tests.browser.webacd import AMAL_WATCHES, EVERYBODY, SHORT_ABSENCE, come_to, is_helped, open_transfer

CLOCK_AHEAD = Path(__file__).with_name("clock_ahead.js")


def test_two_agents_are_asked_and_one_accepts(amal, bilal, customers, words, at_work):
    at_work(bilal, "Away")
    first = at_work(amal)
    stranger = customers.stranger()
    waiting = come_to(stranger)
    desk = first.accept()
    carol = is_helped(stranger, waiting)
    second = at_work(bilal)
    dialog = open_transfer(desk)
    dialog.get_by_role("tab", name=words("Agents"), exact=True).click()
    dialog.get_by_role("checkbox", name="Bilal Nasser").check()
    dialog.get_by_label(words("Personal message"), exact=True).fill("Printer, error 7")
    expect(dialog.get_by_text("329")).to_be_visible()
    dialog.get_by_role("button", name=words("Transfer now"), exact=True).click()
    expect(carol.page.get_by_text(words("Waiting for a representative"))).to_be_visible()
    expect(second.offer).to_contain_text("Printer, error 7")
    other = second.accept()
    expect(carol.page.get_by_text("Bilal Nasser").first).to_be_visible()
    other.say("I have it")
    carol.hears("I have it")


def test_the_next_customer_is_offered_over_the_console(amal, customers, words, at_work):
    inbox = at_work(amal)
    first, second = customers.stranger(), customers.stranger()
    waiting = come_to(first)
    desk = inbox.accept()
    carol = is_helped(first, waiting)
    waiting = come_to(second, name="Dave")
    offer = desk.page.get_by_role("article").filter(has_text="Dave")
    offer.get_by_role("button", name=words("Accept"), exact=True).click()
    dave = is_helped(second, waiting)
    expect(desk.page.get_by_role("tab", name="Dave")).to_have_attribute("aria-selected", "true")
    expect(offer).to_have_count(0)
    desk.page.get_by_role("tab", name="Carol").click()
    for customer in (carol, dave):
        customer.is_live()


def test_the_next_customer_is_offered_in_the_tray(amal, customers, words, at_work):
    """It floats over whatever the agent does, and the console behind it is not seen."""
    amal.context.add_init_script(AS_POPUP)
    inbox = at_work(amal)
    first, second = customers.stranger(), customers.stranger()
    waiting = come_to(first)
    desk = inbox.accept()
    is_helped(first, waiting)
    tray = popped_out(desk, SMALL)
    waiting = come_to(second, name="Dave")
    offer = tray.get_by_role("article").filter(has_text="Dave")
    seconds = offer.locator("[data-countdown-to]")
    expect(offer).to_be_visible()
    fits(tray)
    before = int(seconds.inner_text())
    assert until(lambda: int(seconds.inner_text()) < before)

    offer.get_by_role("button", name=words("Accept"), exact=True).click()

    is_helped(second, waiting)
    expect(offer).to_have_count(0)
    expect(tray.locator(".tray__customer")).to_have_text("Dave")


def test_agent_who_comes_second_reads_by_whom_it_was_taken(amal, bilal, customers, words, at_work, decide):
    decide(EVERYBODY)
    first, second = at_work(amal), at_work(bilal)
    stranger = customers.stranger()
    waiting = come_to(stranger)
    expect(second.offer).to_contain_text("Carol")
    first.accept()
    expect(second.page.get_by_text(words("Taken by {name}", name="Amal Haddad"))).to_be_visible()
    expect(second.offer).to_have_count(0)
    is_helped(stranger, waiting)


def test_two_tabs_ring_once(bilal, customers, at_work):
    inbox = at_work(bilal)
    other = bilal.open("/webacd/inbox/")
    rung = [rings_of(page) for page in (inbox.page, other)]
    come_to(customers.stranger())
    for page in (inbox.page, other):
        expect(page.get_by_role("article")).to_contain_text("Carol")
    # Who rings has claimed it before; the other finds that out without a sound.
    inbox.page.wait_for_function("() => localStorage.getItem('rung')?.trim()")
    assert until(lambda: sum(rings() for rings in rung))
    assert sum(rings() for rings in rung) == 1


COUNT_TONES = """() => {
  const start = OscillatorNode.prototype.start;
  window.tones = 0;
  OscillatorNode.prototype.start = function (at) { window.tones++; return start.call(this, at); };
}"""


def rings_of(page):
    """Somebody uses the page, so that it may sound; the answer tells how often it has rung since: two tones each."""
    page.evaluate(COUNT_TONES)
    page.get_by_role("heading", level=1).click()
    return lambda: page.evaluate("() => window.tones") // 2


def test_agent_whose_clock_is_five_minutes_ahead(bilal, customers, words, at_work):
    """The seconds of an offer and the session's age go by the server's clock."""
    bilal.context.add_init_script(path=CLOCK_AHEAD)
    inbox = at_work(bilal)
    come_to(customers.stranger())
    expect(inbox.offer.locator("[data-countdown-to]")).to_have_text(re.compile(r"^[1-9]\d?$"))
    desk = inbox.accept()
    expect(desk.page.locator('[data-room] [data-time="running"]')).to_have_text(re.compile("^0:"))


# As Chrome on Android: the object is there, but its constructor throws. The page is not being looked at.
ANDROID = """
  globalThis.Notification = class {
    static permission = "granted";
    constructor() { throw new TypeError("Illegal constructor"); }
  };
  Object.defineProperty(Document.prototype, "hidden", { get: () => true });
"""
NOTIFICATIONS = """async () => {
  const [registration] = await navigator.serviceWorker.getRegistrations();
  return (await registration?.getNotifications())?.map(({ title }) => title) ?? [];
}"""


def test_an_offer_is_notified_where_the_constructor_throws(bilal, customers, words, at_work):
    bilal.context.grant_permissions(["notifications"], origin=bilal.site.url)
    bilal.context.add_init_script(ANDROID)
    inbox = at_work(bilal)
    come_to(customers.stranger())
    expect(inbox.offer).to_contain_text("Carol")

    assert until(lambda: inbox.page.evaluate(NOTIFICATIONS)) == [words("A customer is waiting for you")]
    # It notifies, and does nothing else: no page is its own.
    assert inbox.page.evaluate("() => navigator.serviceWorker.controller") is None


def test_who_closes_the_inbox_is_offered_nothing_and_reads_why(amal, bilal, customers, words, at_work, decide):
    decide(SHORT_ABSENCE)
    first = at_work(amal)
    stranger = customers.stranger()
    waiting = come_to(stranger)
    expect(first.offer).to_contain_text("Carol")
    second = at_work(bilal)
    first.page.close()
    expect(second.offer).to_contain_text("Carol")
    first.page = amal.open("/webacd/inbox/")
    why = words("Your status was set to Away because you had no page of this site open.")
    expect(first.status).to_contain_text(why)
    expect(first.offer).to_have_count(0)
    first.status.get_by_role("button", name=words("Available again"), exact=True).click()
    expect(first.page.locator("#agent-status")).to_have_value("available")
    expect(first.status).not_to_contain_text(why)
    second.accept()
    is_helped(stranger, waiting)


def test_who_watches_the_lines_is_there_and_accepts_an_offer(amal, customers, words, at_work, decide):
    decide(AMAL_WATCHES)
    inbox = at_work(amal)
    inbox.page.get_by_role("link", name=words("Monitor"), exact=True).click()
    expect(inbox.page.get_by_role("heading", name=words("Monitor"), exact=True)).to_be_visible()
    stranger = customers.stranger()
    waiting = come_to(stranger)
    expect(inbox.offer).to_contain_text("Carol")
    inbox.accept()
    is_helped(stranger, waiting)
