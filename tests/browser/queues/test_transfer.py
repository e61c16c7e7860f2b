"""Sessions are transferred to agents and queues, or go back to one."""

from playwright.sync_api import expect

from tests.browser.faults import serious_faults
from tests.browser.webacd import come_to, is_helped, open_transfer


def said_before(desk):
    return desk.page.locator("[data-handover-place]:visible details")


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
