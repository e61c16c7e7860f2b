"""Queues and agents as people live them: enter, be offered, accept, transfer, vanish."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.media.people import until
from tests.browser.test_accessible import serious_faults
from tests.browser.webacd import (
    AMAL_WATCHES,
    AMAL_WATCHES_NO_LONGER,
    CLOSED,
    EVERYBODY,
    LONG_ABSENCE,
    MOST_IDLE,
    NOBODY_WAITS,
    OPEN,
    SHORT_ABSENCE,
    Inbox,
    come_to,
    is_helped,
    open_transfer,
)

CLOCK_AHEAD = Path(__file__).with_name("clock_ahead.js")


def said_before(desk):
    return desk.page.get_by_role("region", name=desk.words("Request details"))


@pytest.fixture(autouse=True)
def parts_that_are_gone(watch):
    """A person who has just left a session may still ask for a part of its page; the second confirmation is a 409."""
    watch.expect(r"status of 4(09|10)")


@pytest.fixture(autouse=True)
def nobody_waits_any_more(site):
    """Who was left waiting at the end of a test is not in the way of the next."""
    yield
    site.run(NOBODY_WAITS)


@pytest.fixture
def decide(site):
    """What an admin decides of the queue for this test."""

    def decide(code):
        site.run(code)

    yield decide
    site.run(MOST_IDLE + OPEN + LONG_ABSENCE + AMAL_WATCHES_NO_LONGER)


@pytest.fixture
def at_work():
    """Agents who come to work, and go home at the end of the test."""
    inboxes = []

    def at_work(csr, status="Available"):
        inboxes.append(Inbox(csr, status))
        return inboxes[-1]

    yield at_work
    for inbox in inboxes:
        inbox.csr.end_whatever_runs()
        inbox.page = inbox.csr.open("/webacd/inbox/")
        inbox.close()


def test_back_and_a_second_tab_lead_to_the_place_that_there_is(customers, words):
    carol = customers.stranger()
    page = come_to(carol)
    place = page.url
    page.go_back()
    if page.url != place:
        page.get_by_label(words("Your name"), exact=True).fill("Carol")
        page.get_by_role("button", name=words("Get help"), exact=True).click()
    expect(page).to_have_url(place)
    second = carol.open("/queues/technical-support/")
    expect(second).to_have_url(place)


def test_customer_enters_and_is_helped(bilal, customers, words, at_work):
    inbox = at_work(bilal)
    stranger = customers.stranger()
    waiting = come_to(stranger)
    expect(inbox.offer).to_contain_text("Carol")
    expect(inbox.offer.get_by_text(words("Why you?"))).to_be_visible()
    desk = inbox.accept()
    carol = is_helped(stranger, waiting)
    desk.say("What does it say?")
    carol.hears("What does it say?")


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
    inbox.page.wait_for_function("() => localStorage.getItem('webacd.rung')?.trim()")
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


def test_closed_queue_says_when_it_opens_and_takes_a_message(bilal, customers, words, at_work, decide):
    decide(CLOSED)
    inbox = at_work(bilal)
    page = customers.stranger().open("/queues/technical-support/")
    expect(page.get_by_text(words("We are closed right now."))).to_be_visible()
    page.get_by_role("link", name=words("Leave a message"), exact=True).click()
    page.get_by_label(words("Your name"), exact=True).fill("Carol")
    page.get_by_label(words("Email address"), exact=True).fill("carol@example.org")
    page.get_by_label(words("What is it about?"), exact=True).fill("Please call me")
    page.get_by_role("button", name=words("Send message"), exact=True).click()
    expect(page.get_by_role("heading", name=words("Thank you"))).to_be_visible()
    expect(inbox.page.get_by_text("Please call me")).to_be_visible()
    inbox.page.get_by_role("button", name=words("Answer with a session")).first.click()
    address = inbox.page.get_by_role("textbox", name=words("Recipient's email address"), exact=True)
    expect(address).to_have_value("carol@example.org")


def test_coming_back_keeps_the_place(customers, words):
    first, second = customers.stranger(), customers.stranger()
    waiting = come_to(first)
    behind = come_to(second, name="Dave")
    expect(behind.locator("[data-place]")).to_have_text("2")
    address = waiting.url
    waiting.close()
    again = first.open(address.removeprefix(first.site.url))
    expect(again.locator("[data-place]")).to_have_text("1")
    expect(behind.locator("[data-place]")).to_have_text("2")
    for page in (again, behind):
        page.get_by_role("button", name=words("Stop waiting"), exact=True).click()
        expect(page.get_by_role("heading", name=words("You are no longer in the queue"))).to_be_visible()


def test_what_was_said_before_stays_in_the_console(amal, bilal, faris, customers, words, at_work):
    """E53: for those who accept or assist meanwhile, and never for the customer."""
    at_work(bilal, "Away")
    first = at_work(amal)
    stranger = customers.stranger()
    waiting = come_to(stranger, about="It says error 7")
    desk = first.accept()
    carol = is_helped(stranger, waiting)
    expect(said_before(desk)).to_contain_text("It says error 7")
    assistant = faris.assist(desk.number)
    second = at_work(bilal)
    dialog = open_transfer(desk)
    dialog.get_by_role("tab", name=words("Agents"), exact=True).click()
    dialog.get_by_role("checkbox", name="Bilal Nasser").check()
    dialog.get_by_label(words("Personal message"), exact=True).fill("She is in a hurry")
    dialog.get_by_role("button", name=words("Transfer now"), exact=True).click()
    expect(said_before(assistant)).to_contain_text("She is in a hurry")
    other = second.accept()
    expect(said_before(other)).to_contain_text("She is in a hurry")
    expect(said_before(other)).to_contain_text("It says error 7")
    assert serious_faults(other.page) == []
    expect(carol.page.get_by_text("Bilal Nasser").first).to_be_visible()
    expect(carol.page.get_by_text("She is in a hurry")).to_have_count(0)


def test_message_of_346_is_refused_before_it_is_sent(amal, customers, words, at_work):
    inbox = at_work(amal)
    stranger = customers.stranger()
    waiting = come_to(stranger)
    desk = inbox.accept()
    carol = is_helped(stranger, waiting)
    dialog = open_transfer(desk)
    dialog.get_by_role("radio").first.check()
    message = dialog.get_by_label(words("Personal message"), exact=True)
    message.fill("é" * 346)
    dialog.get_by_role("button", name=words("Transfer now"), exact=True).click()
    expect(dialog.get_by_role("alert")).to_have_text(words("The personal message is too long: 345 characters at most."))
    message.fill("é" * 345)
    expect(dialog.get_by_text(words("{count} left").format(count=0), exact=True)).to_be_visible()
    carol.is_live()


def test_faris_is_no_agent(faris, words):
    desk = faris.start()
    desk.page.get_by_role("tab", name=words("Session"), exact=True).click()
    expect(desk.page.get_by_role("button", name=words("Transfer"), exact=True)).to_be_visible()
    expect(desk.page.get_by_text(words("Transfer Session"), exact=True)).to_have_count(0)
    assert faris.context.request.get(f"{faris.site.url}/webacd/inbox/").status == 403
    assert faris.context.request.get(f"{faris.site.url}/sessions/{desk.key}/transfer/?part=queues").status == 403


def test_a_queue_without_anybody_wants_a_second_confirmation(amal, bilal, customers, words, at_work):
    inbox = at_work(amal)
    stranger = customers.stranger()
    waiting = come_to(stranger)
    desk = inbox.accept()
    carol = is_helped(stranger, waiting)
    dialog = open_transfer(desk)
    dialog.get_by_role("radio").first.check()
    send = dialog.get_by_role("button", name=words("Transfer now"), exact=True)
    send.click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_role("checkbox").last.check()
    send.click()
    expect(carol.page.get_by_text(words("Waiting for a representative"))).to_be_visible()
    mine = amal.open("/webacd/inbox/")
    mine.get_by_role("button", name=words("Take back"), exact=True).click()
    expect(carol.page.get_by_text("Amal Haddad").first).to_be_visible()


def test_agent_who_closes_the_page_gives_the_customer_back_to_the_queue(bilal, customers, words, at_work):
    inbox = at_work(bilal)
    stranger = customers.stranger()
    waiting = come_to(stranger)
    desk = inbox.accept()
    carol = is_helped(stranger, waiting)
    desk.say("One moment")
    carol.hears("One moment")
    desk.leave_by_closing()
    expect(carol.page.get_by_text(words("Waiting for a representative"))).to_be_visible(timeout=20_000)
    carol.is_live()


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
    why = words("Your status was set to Away because you had neither the inbox nor a session open.")
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
