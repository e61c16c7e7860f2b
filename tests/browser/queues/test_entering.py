"""Customers enter a queue, wait, come back, or find it closed."""

from playwright.sync_api import expect

from tests.browser.webacd import CLOSED, come_to, is_helped


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


def test_turn_that_comes_while_a_message_is_written_takes_nothing_away(bilal, customers, words, at_work):
    stranger = customers.stranger()
    page = come_to(stranger)
    page.get_by_role("link", name=words("Leave a message instead"), exact=True).click()
    message = page.get_by_label(words("What is it about?"), exact=True)
    message.fill("Please call me")
    inbox = at_work(bilal)
    expect(inbox.offer).to_contain_text("Carol")
    inbox.accept()
    expect(page.get_by_role("alert")).to_contain_text(words("It is your turn"))
    expect(message).to_have_value("Please call me")
    page.get_by_role("link", name=words("Go to the representative"), exact=True).click()
    is_helped(stranger, page)
