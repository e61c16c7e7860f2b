"""A representative's canned replies (E60): by the keyboard alone, in both languages, and by pointer."""

import pytest
from playwright.sync_api import expect

from tests.browser.faults import serious_faults
from tests.browser.people import Customer, Person
from tests.browser.words import Words

SITE = """
from sessions_app.models import CannedReply
CannedReply.objects.all().delete()
CannedReply.objects.create(
    shortcut="hello",
    title="Greeting",
    text="Hello {customer}, your session is {number}. {queue}",
    text_ar="مرحبًا {customer}، رقم جلستك {number}. {queue}",
)
CannedReply.objects.create(shortcut="restart", text="Please restart the program, {customer}.")
CannedReply.objects.create(shortcut="إعادة", text_ar="أعد تشغيل البرنامج من فضلك.")
"""
USED = """
from sessions_app.models import CannedReply
assert CannedReply.objects.get(shortcut="hello").times_used == 2
"""
# As many keys as anyone would press to get anywhere.
FAR = 80


@pytest.fixture
def desk(amal, site):
    site.run(SITE)
    desk = amal.start()
    desk.is_live()
    return desk


@pytest.fixture
def carol_speaks(new_context, site, desk):
    def carol_speaks(language):
        words = Words(language)
        customer = Customer.at_the_door(Person(new_context(locale=words.locale), site, words))
        customer.fill_in(desk.number, "Carol")
        carol = customer.is_let_in()
        expect(desk.page.locator("[data-helped]")).to_have_text("Carol")
        return carol

    return carol_speaks


def box(desk):
    return desk.page.locator("[data-chat-form] textarea[name=text]")


def options(desk):
    return desk.page.get_by_role("option")


def marked(desk):
    return desk.page.get_by_role("option", selected=True)


def go_to(desk, selector):
    """By the Tab key alone."""
    for _press in range(FAR):
        if desk.page.evaluate("(selector) => document.activeElement?.matches(selector)", selector):
            return
        desk.page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector}")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_reply_is_found_filled_in_edited_and_sent_by_keyboard_alone(desk, carol_speaks, language):
    """In the customer's language, whatever the representative's is."""
    carol, number = carol_speaks(language), desk.number
    said = {
        "en": f"Hello Carol, your session is {number}.",
        "ar": f"مرحبًا \u2068Carol\u2069، رقم جلستك \u2066{number}\u2069.",
    }[language]
    keyboard = desk.page.keyboard
    go_to(desk, "textarea[name=text]")

    keyboard.type("/")
    expect(options(desk)).to_have_count(3)
    combobox = desk.page.get_by_role("combobox", name=desk.words("Message"))
    expect(combobox).to_have_attribute("aria-controls", desk.page.get_by_role("listbox").get_attribute("id"))
    keyboard.type("HEL")
    expect(options(desk)).to_have_count(1)
    expect(combobox).to_have_attribute("aria-activedescendant", marked(desk).get_attribute("id"))
    keyboard.press("Enter")

    # It stands in the box, not yet in the chat; without a queue, nothing of it is left.
    expect(box(desk)).to_have_value(said)
    expect(options(desk)).to_have_count(0)
    assert box(desk).get_attribute("role") is None
    keyboard.type(" 👍")
    keyboard.press("Enter")
    carol.hears(f"{said} 👍")
    expect(box(desk)).to_have_value("")


def test_each_message_sent_with_it_counts_once(desk, site, carol_speaks):
    carol = carol_speaks("en")
    keyboard = desk.page.keyboard
    for _time in range(2):
        desk.message.focus()
        keyboard.type("/hello")
        expect(marked(desk)).to_contain_text("hello")
        keyboard.press("Tab")
        expect(box(desk)).not_to_have_value("/hello")
        keyboard.press("Enter")
    desk.message.focus()
    keyboard.type("#hello")
    expect(marked(desk)).to_contain_text("hello")
    keyboard.press("Enter")
    expect(box(desk)).not_to_have_value("#hello")
    # What replaces it is no longer the reply.
    box(desk).fill("")
    desk.say("By hand")
    carol.hears("By hand")
    site.run(USED)


def test_arrows_go_round_and_escape_leaves_what_was_typed(desk, carol_speaks):
    carol = carol_speaks("en")
    keyboard = desk.page.keyboard
    desk.message.focus()
    keyboard.type("#")
    expect(options(desk)).to_have_count(3)
    first = marked(desk).get_attribute("id")
    keyboard.press("ArrowUp")
    expect(options(desk).last).to_have_attribute("aria-selected", "true")
    keyboard.press("ArrowDown")
    assert marked(desk).get_attribute("id") == first
    keyboard.press("Escape")
    expect(options(desk)).to_have_count(0)
    keyboard.type("1 is what I mean")
    expect(options(desk)).to_have_count(0)
    keyboard.press("Enter")
    carol.hears("#1 is what I mean")


def test_a_reply_that_was_gone_to_stays_marked_when_the_list_is_drawn_again(desk, carol_speaks):
    carol_speaks("en")
    desk.message.focus()
    desk.page.keyboard.type("/")
    expect(options(desk)).to_have_count(3)
    desk.page.keyboard.press("ArrowDown")
    chosen = marked(desk).inner_text()
    assert chosen != options(desk).first.inner_text()
    box(desk).dispatch_event("input")
    expect(marked(desk)).to_have_text(chosen, use_inner_text=True)
    # In a list of its own, the first is marked again.
    desk.page.keyboard.press("Backspace")
    desk.page.keyboard.type("/")
    expect(options(desk).first).to_have_attribute("aria-selected", "true")


def test_what_no_reply_is_found_for_is_a_message(desk, carol_speaks):
    carol = carol_speaks("en")
    desk.message.focus()
    desk.page.keyboard.type("/etc/hosts")
    expect(desk.page.get_by_text(desk.words("No reply matches"))).to_be_visible()
    desk.page.keyboard.press("Enter")
    carol.hears("/etc/hosts")


def test_a_list_that_cannot_be_had_is_said_and_keeps_no_message_back(desk, carol_speaks, watch):
    carol = carol_speaks("en")
    watch.expect(r"net::ERR_FAILED")
    desk.page.route("**/replies/", lambda route: route.abort())
    desk.message.focus()
    desk.page.keyboard.type("/hello")
    place = desk.page.locator("[data-replies-place]")
    expect(place).to_contain_text(desk.words("The site cannot be reached. Try again."))
    desk.page.keyboard.press("Enter")
    carol.hears("/hello")


def test_words_are_found_in_any_spelling_and_the_one_language_there_is_will_do(desk, carol_speaks):
    carol_speaks("en")
    desk.message.focus()
    desk.page.keyboard.type("/اعاده")
    expect(marked(desk)).to_contain_text("إعادة")
    desk.page.keyboard.press("Enter")
    expect(box(desk)).to_have_value("أعد تشغيل البرنامج من فضلك.")


def test_by_pointer_beside_what_stands_in_the_box_already(desk, carol_speaks):
    carol_speaks("en")
    box(desk).fill("One moment.")
    button = desk.page.get_by_role("button", name=desk.words("Replies"), exact=True)
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    options(desk).filter(has_text="restart").click()
    expect(box(desk)).to_have_value("One moment. Please restart the program, Carol.")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(options(desk)).to_have_count(3)
    desk.page.keyboard.press("Escape")
    expect(box(desk)).to_have_value("One moment. Please restart the program, Carol.")
    # Going elsewhere leaves no sign behind either.
    button.click()
    expect(options(desk)).to_have_count(3)
    desk.page.get_by_role("tab", name=desk.words("Customer"), exact=True).click()
    expect(box(desk)).to_have_value("One moment. Please restart the program, Carol.")


@pytest.mark.parametrize(("text", "language"), [("Closing the window helps.", "en"), ("أغلق النافذة أولًا.", "ar")])
def test_what_was_written_is_saved_as_a_reply_and_found_at_once(desk, carol_speaks, watch, text, language):
    """By the keyboard alone, too; what is wrong with it is said in the dialog."""
    watch.expect(r"422 .*/replies/add/")
    carol_speaks(language)
    keyboard = desk.page.keyboard
    desk.message.focus()
    keyboard.type("/")
    expect(options(desk)).to_have_count(3)
    keyboard.press("Escape")
    box(desk).fill(text)
    go_to(desk, "[data-save-opener]")
    keyboard.press("Enter")
    dialog = desk.page.get_by_role("dialog", name=desk.words("Save as a reply"))
    expect(dialog.get_by_label(desk.words("Text"), exact=True)).to_have_value(text)
    expect(dialog.get_by_label(desk.words("Language of the text"))).to_have_value(language)
    keyboard.type("two words")
    keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_have_text(desk.words("The shortcut must be one word."))
    dialog.get_by_label(desk.words("Shortcut")).fill("window")
    keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    box(desk).fill("")
    keyboard.type("/window")
    expect(marked(desk)).to_contain_text("window")
    keyboard.press("Enter")
    expect(box(desk)).to_have_value(text)

    page = desk.person.open("/replies/")
    expect(page.get_by_role("row").filter(has_text="window")).to_contain_text(text)


@pytest.mark.parametrize("width", [1440, 390])
def test_neither_the_list_nor_its_dialog_has_a_serious_fault(desk, carol_speaks, width):
    carol_speaks("en")
    desk.page.set_viewport_size({"width": width, "height": 844})
    desk.message.focus()
    desk.page.keyboard.type("/")
    expect(options(desk)).to_have_count(3)
    faults = serious_faults(desk.page)
    in_sight = desk.page.locator("[data-replies-place]").bounding_box()
    assert in_sight["y"] >= 0
    assert 0 <= in_sight["x"] <= in_sight["x"] + in_sight["width"] <= width
    box(desk).fill("Thank you.")
    desk.page.get_by_role("button", name=desk.words("Save as a reply"), exact=True).click()
    expect(desk.page.get_by_role("dialog")).to_be_visible()
    faults += serious_faults(desk.page)
    desk.page.keyboard.press("Escape")
    assert faults == []


def test_ones_own_are_kept_on_a_page(desk, watch):
    watch.expect(r"422 .*/replies/add/")
    words = desk.words
    page = desk.person.open("/replies/")
    page.get_by_role("link", name=words("Add a reply")).click()
    page.locator("[name=shortcut]").fill("bye")
    page.locator("[name=text]").fill("Good-bye, {name}.")
    save = page.get_by_role("button", name=words("Save the reply"))
    save.click()
    expect(page.locator(".errorlist")).to_contain_text("{name}")
    page.locator("[name=text]").fill("Good-bye, {customer}.")
    save.click()
    row = page.get_by_role("row").filter(has_text="bye")
    expect(row).to_contain_text("Good-bye, {customer}.")
    row.get_by_role("button").click()
    page.get_by_role("dialog").get_by_role("button", name=words("Delete"), exact=True).click()
    expect(page.get_by_text(words("No replies of your own yet"))).to_be_visible()


def test_a_customer_types_these_signs_as_any_others(desk, carol_speaks):
    carol = carol_speaks("en")
    carol.message.focus()
    carol.page.keyboard.type("/hello")
    expect(carol.page.get_by_role("listbox")).to_have_count(0)
    carol.page.keyboard.press("Enter")
    desk.hears("/hello")


def test_a_message_that_begins_like_a_search_is_edited_as_what_it_is(desk):
    """And the reply that a draft was made of stays that of the draft."""
    desk.message.focus()
    keyboard = desk.page.keyboard
    keyboard.type("/help")
    expect(desk.page.locator("[data-replies-status]")).to_be_visible()
    keyboard.press("Escape")
    keyboard.press("Enter")
    desk.hears("/help")
    keyboard.press("ArrowUp")
    expect(box(desk)).to_have_value("/help")
    expect(options(desk)).to_have_count(0)
    keyboard.press("Control+Home")
    keyboard.press("ArrowRight")
    keyboard.type("re")
    # The search would find a reply for what stands between the sign and the caret.
    expect(options(desk)).to_have_count(0)
    keyboard.press("Enter")
    desk.hears_in_order("/rehelp")

    keyboard.type("#restart")
    expect(marked(desk)).to_contain_text("restart")
    keyboard.press("Enter")
    used = desk.page.locator("input[data-reply-used]")
    expect(used).not_to_have_value("")
    name = used.input_value()
    desk.chat.locator("[data-line]").hover()
    desk.chat.get_by_role("button", name=desk.words("Edit message")).click()
    expect(used).to_have_value("")
    box(desk).fill("#hello")
    keyboard.press("End")
    desk.page.locator("button[data-replies-button]").click()
    expect(marked(desk)).to_contain_text("hello")
    keyboard.press("Enter")
    expect(used).not_to_have_value("")
    assert used.input_value() != name
    keyboard.press("Escape")
    expect(used).to_have_value(name)


@pytest.mark.parametrize("minutes", [2, 0])
def test_a_line_that_was_sent_is_saved_by_keyboard(desk, carol_speaks, words, admin_decides, minutes):
    """While it can be changed, and as well when it cannot any more."""
    admin_decides(edit_minutes=minutes)
    carol = carol_speaks("en")
    desk.reload()
    for text in ("Please hold the button", "for ten seconds"):
        desk.say(text)
        carol.hears(text)
        desk.hears(text)
    save = desk.page.locator("button[data-save-line]")
    expect(save).to_have_count(2)
    expect(desk.page.locator("button[data-edit-line]")).to_have_count(2 if minutes else 0)
    expect(save.first).to_have_accessible_name(words("Save as a reply"))
    keyboard = desk.page.keyboard
    # From one line to the other by the arrow keys, which are no stops of Tab each.
    save.last.focus()
    keyboard.press("ArrowUp")
    expect(save.first).to_be_focused()
    assert save.last.get_attribute("tabindex") == "0"
    assert save.first.get_attribute("tabindex") == ("0" if minutes else "-1")
    keyboard.press("Enter")
    dialog = desk.page.get_by_role("dialog", name=words("Save as a reply"))
    expect(dialog.get_by_label(words("Text"), exact=True)).to_have_value("Please hold the button")
    dialog.get_by_label(words("Shortcut")).fill("hold")
    keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(save.first).to_be_focused()
    desk.message.focus()
    keyboard.type("/hold")
    expect(marked(desk)).to_contain_text("Please hold the button")
    # Nobody saves what a customer has said, and a customer saves nothing.
    carol.say("Like this?")
    desk.hears("Like this?")
    expect(save).to_have_count(2)
    expect(carol.page.locator("button[data-save-line]")).to_have_count(0)
