"""What can be done in the chat beside writing: E48, E58, E59."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_several import transfer_to


@pytest.fixture
def desk(bilal):
    """Single-session mode: all customers are in one session."""
    return bilal.start()


@pytest.fixture
def carol(desk, customers):
    return customers.join(desk.number)


def line(person, text):
    return person.chat.locator("[data-line]").filter(has_text=text)


def texts(person):
    return person.chat.locator("[data-text]")


def test_a_late_customer_reads_from_then_on(desk, carol, customers):
    carol.say("Only for you")
    desk.hears("Only for you")

    late = customers.join(desk.number, "Late")
    desk.say("Hello to both")
    late.hears_in_order("Hello to both")
    late.reload()
    late.hears_in_order("Hello to both")
    carol.hears_in_order("Only for you", "Hello to both")


def test_ones_own_message_is_edited(desk, carol, words):
    carol.say("My pasword is wrong")
    desk.hears("My pasword is wrong")

    line(carol, "pasword").hover()
    carol.page.get_by_role("button", name=words("Edit message")).click()
    expect(carol.message).to_have_value("My pasword is wrong")
    carol.say("My password is wrong")

    for person in (desk, carol):
        person.hears_in_order("My password is wrong")
        expect(line(person, "My password is wrong").get_by_text(words("edited"), exact=True)).to_be_visible()
    expect(carol.message).to_have_value("")
    # Others' messages have no such button.
    expect(desk.page.get_by_role("button", name=words("Edit message"))).to_have_count(0)
    desk.reload()
    desk.hears_in_order("My password is wrong")


def test_arrow_up_edits_the_last_and_escape_keeps_what_was_half_written(desk, carol, words):
    desk.say("First")
    desk.say("Secnd")
    carol.hears("Secnd")

    desk.message.press("ArrowUp")
    expect(desk.message).to_have_value("Secnd")
    expect(desk.page.get_by_text(words("You are editing a message."))).to_be_visible()
    desk.message.press("Escape")
    expect(desk.message).to_have_value("")
    expect(desk.page.get_by_text(words("You are editing a message."))).to_be_hidden()

    desk.message.fill("Half written")
    desk.message.press("ArrowUp")
    expect(desk.message).to_have_value("Half written")
    line(desk, "Secnd").hover()
    line(desk, "Secnd").get_by_role("button", name=words("Edit message")).click()
    desk.say("Second")
    carol.hears_in_order("First", "Second")
    expect(desk.message).to_have_value("Half written")


def test_a_refused_edit_gives_the_words_back(desk, carol, words, watch):
    watch.expect("status of 422")
    desk.say("First")
    carol.hears("First")
    desk.hears("First")
    desk.message.press("ArrowUp")
    expect(desk.message).to_have_value("First")
    desk.message.fill("a\0b")
    desk.message.press("Enter")
    expect(desk.page.get_by_text(words("The message contains a character that cannot be shown."))).to_be_visible()
    expect(desk.page.get_by_text(words("You are editing a message."))).to_be_visible()
    desk.say("Second")
    desk.say("Third")
    carol.hears_in_order("Second", "Third")


@pytest.fixture
def edits(desk):
    """Those on their way are held: `edits.pop().continue_()` lets one go on to the site."""
    held = []
    desk.page.route(re.compile(r"/messages/\d+/$"), lambda route: held.append(route))
    return held


def send_edit(desk, words):
    """It has left the box, and nobody has answered yet."""
    with desk.page.expect_request(re.compile(r"/messages/\d+/$")):
        desk.message.press("Enter")
    expect(desk.page.get_by_text(words("You are editing a message."))).to_be_hidden()


BAD = "The message contains a character that cannot be shown."


def test_an_edit_that_is_refused_late_leaves_the_focus_where_it_is(desk, edits, words, watch):
    watch.expect("status of 422")
    desk.say("First")
    desk.hears("First")
    desk.message.press("ArrowUp")
    desk.message.fill("a\0b")
    send_edit(desk, words)

    elsewhere = desk.page.get_by_role("tab", name=words("Session"), exact=True)
    elsewhere.focus()
    edits.pop().continue_()
    expect(desk.page.get_by_text(words(BAD))).to_be_visible()

    expect(desk.message).to_have_value("a\0b")
    expect(elsewhere).to_be_focused()


def test_a_refused_edit_comes_back_in_place_of_the_draft_which_waits(desk, edits, words, watch):
    watch.expect("status of 422")
    desk.say("First")
    desk.hears("First")
    desk.message.fill("Half written")
    line(desk, "First").hover()
    line(desk, "First").get_by_role("button", name=words("Edit message")).click()
    desk.message.fill("a\0b")
    send_edit(desk, words)
    expect(desk.message).to_have_value("Half written")
    edits.pop().continue_()

    expect(desk.message).to_have_value("a\0b")
    expect(desk.page.get_by_text(words("You are editing a message."))).to_be_visible()
    desk.message.press("Escape")
    expect(desk.message).to_have_value("Half written")


def test_a_refused_edit_stands_below_what_was_begun_since(desk, edits, words, watch):
    watch.expect("status of 422")
    desk.say("First")
    desk.hears("First")
    desk.message.press("ArrowUp")
    desk.message.fill("a\0b")
    send_edit(desk, words)
    desk.message.press_sequentially("Another")
    edits.pop().continue_()

    expect(desk.message).to_have_value("Another\na\0b")
    expect(desk.page.get_by_text(words("You are editing a message."))).to_be_hidden()


def test_an_edit_that_comes_too_late_is_a_message_to_send(desk, carol, words, watch, admin_decides):
    watch.expect("status of 409")
    desk.say("First")
    carol.hears("First")
    desk.hears("First")
    desk.message.press("ArrowUp")
    desk.message.fill("First of all")
    admin_decides(edit_minutes=0)
    desk.message.press("Enter")

    expect(desk.message).to_have_value("First of all")
    expect(desk.page.get_by_text(words("You are editing a message."))).to_be_hidden()
    desk.message.press("Enter")
    carol.hears_in_order("First", "First of all")


def test_an_edit_is_a_message_to_send_once_the_conversation_is_closed(desk, faris, words):
    assistant = faris.assist(desk.number)
    desk.say("First")
    assistant.hears("First")
    desk.message.fill("Half written")
    line(desk, "First").hover()
    line(desk, "First").get_by_role("button", name=words("Edit message")).click()
    desk.message.fill("First of all")
    transfer_to(desk, words, "Faris Odeh")

    expect(desk.chat.get_by_text(words("This conversation was closed when control was transferred."))).to_be_visible()
    expect(desk.message).to_have_value("Half written\nFirst of all")
    expect(desk.page.get_by_text(words("You are editing a message."))).to_be_hidden()


def test_a_refused_message_waits_until_the_edit_is_done(desk, words, watch):
    watch.expect("status of 422")
    held = []
    desk.say("First")
    desk.hears("First")
    desk.page.route(re.compile(r"/messages/$"), lambda route: held.append(route))
    with desk.page.expect_request(re.compile(r"/messages/$")):
        desk.say("a\0b")
    line(desk, "First").hover()
    line(desk, "First").get_by_role("button", name=words("Edit message")).click()
    desk.message.fill("")
    held.pop().continue_()
    expect(desk.page.get_by_text(words(BAD))).to_be_visible()

    expect(desk.message).to_have_value("")
    desk.message.press("Escape")
    expect(desk.message).to_have_value("a\0b")


def say_and_let_the_time_to_edit_pass(person, words):
    person.page.clock.install()
    person.reload()
    person.say("First")
    person.hears("First")
    delete = person.chat.get_by_role("button", name=words("Delete message"))
    delete.focus()
    person.page.clock.run_for(121_000)
    expect(delete).to_have_count(0)


def test_the_focus_goes_to_the_box_when_the_time_to_edit_is_over(desk, carol, words):
    say_and_let_the_time_to_edit_pass(carol, words)
    expect(carol.chat.locator("[data-line-menu]")).to_have_count(0)
    expect(carol.message).to_be_focused()


def test_what_saves_a_line_stays_when_the_time_to_edit_is_over(desk, words):
    say_and_let_the_time_to_edit_pass(desk, words)
    expect(desk.chat.get_by_role("button", name=words("Save as a reply"))).to_be_focused()


def test_ones_own_message_is_deleted_after_a_question(desk, carol, words):
    desk.say("Not for you")
    carol.hears("Not for you")

    desk.chat.get_by_role("button", name=words("Delete message")).focus()
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Enter")
    expect(desk.chat.get_by_text(words("Delete this message?"))).to_be_hidden()
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.press("Enter")

    for person in (desk, carol):
        expect(texts(person)).to_have_text([words("Message deleted")])
    carol.reload()
    expect(texts(carol)).to_have_text([words("Message deleted")])
    expect(desk.chat.get_by_role("button")).to_have_count(0)


def test_several_lines_and_a_box_of_six(desk, carol):
    height = "(field) => field.clientHeight"
    low = desk.message.evaluate(height)
    desk.message.press_sequentially("One")
    desk.message.press("Shift+Enter")
    desk.message.press_sequentially("Two")
    assert desk.message.evaluate(height) > low
    desk.message.fill("\n".join("123456789"))
    six = desk.message.evaluate(height)
    desk.message.fill("\n".join("123456"))
    assert desk.message.evaluate(height) == six
    desk.message.fill("\n".join("12345"))
    assert desk.message.evaluate(height) < six

    desk.say("One\nTwo")
    carol.hears_in_order("One\nTwo")


def mark(person, text):
    return line(person, text).locator("[data-mark]")


def test_marks_say_what_has_become_of_a_message(desk, carol, words):
    carol.say("Hello")
    # The console shows the chat.
    expect(mark(carol, "Hello")).to_have_attribute("data-mark", "seen")
    expect(mark(carol, "Hello")).to_have_accessible_name(re.compile("^(Seen|شوهدت)$"))
    desk.say("Good morning")
    expect(mark(desk, "Good morning")).to_have_attribute("data-mark", "seen")
    expect(mark(desk, "Hello")).to_have_count(0)

    desk.page.get_by_role("tab", name=words("Files"), exact=True).click()
    carol.say("Are you there?")
    expect(mark(carol, "Are you there?")).to_have_attribute("data-mark", "delivered")
    expect(mark(carol, "Hello")).to_have_attribute("data-mark", "seen")
    desk.page.locator("[id^=drawer-chat-]").click()
    expect(mark(carol, "Are you there?")).to_have_attribute("data-mark", "seen")
    expect(mark(carol, "Hello")).to_have_count(0)
    carol.reload()
    expect(mark(carol, "Are you there?")).to_have_attribute("data-mark", "seen")


def test_what_is_below_the_lower_edge_has_not_been_seen(desk, carol, words):
    desk.say("\n".join("123456789" * 8))
    carol.say("First")
    expect(mark(carol, "First")).to_have_attribute("data-mark", "seen")
    log = desk.page.locator("[data-chat-lines]")
    log.evaluate("(log) => log.scrollTo(0, 0)")

    carol.say("Second")
    expect(mark(carol, "Second")).to_have_attribute("data-mark", "delivered")
    expect(mark(carol, "First")).to_have_attribute("data-mark", "seen")
    log.evaluate("(log) => log.scrollTo(0, log.scrollHeight)")
    expect(mark(carol, "Second")).to_have_attribute("data-mark", "seen")
    expect(mark(carol, "First")).to_have_count(0)


def test_a_page_that_lost_its_session_tells_nothing_of_what_was_read(desk, carol):
    desk.page.clock.install()
    desk.reload()
    desk.say("\n".join("123456789" * 8))
    log = desk.page.locator("[data-chat-lines]")
    # Until the page has heard of it, it follows what comes.
    log.evaluate(
        "(log) => new Promise((done) => { log.onscroll = done; log.scrollTop ? log.scrollTo(0, 0) : done(); })"
    )
    carol.say("Below the edge")
    expect(mark(carol, "Below the edge")).to_have_attribute("data-mark", "delivered")

    there = desk.again()
    there.is_live()
    expect(desk.page.locator("[data-connection=elsewhere]")).to_have_count(1)
    told = []
    desk.page.on("request", lambda request: told.append(request.url))
    down = "(log) => new Promise((done) => { log.onscroll = done; log.scrollTo(0, log.scrollHeight); })"
    log.evaluate(down)
    desk.page.clock.run_for(10_000)
    assert [url for url in told if "/seen/" in url] == []
