"""E66: words are found in the chat, on the page of either side, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_chat import line

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def desk(bilal):
    return bilal.start()


@pytest.fixture
def carol(desk, customers):
    return customers.join(desk.number)


def opener(person):
    return person.page.get_by_role("button", name=person.words("Search in the chat"), exact=True)


def bar(person):
    return person.page.get_by_role("search", name=person.words("Search in the chat"), exact=True)


def field(person):
    return bar(person).get_by_role("searchbox", name=person.words("Words to find"), exact=True)


def finds(person, count, place=1):
    told = person.words("{place} of {count}").replace("{place}", str(place)).replace("{count}", str(count))
    expect(bar(person).get_by_role("status")).to_have_text(told)


def marked(person):
    return person.chat.locator("mark")


def current(person):
    return person.chat.locator("[data-found] [data-text]")


@pytest.fixture
def talk(desk, carol):
    carol.say("The printer is offline")
    carol.say("الطَّابعة لا تعمل")
    desk.say("\n".join("123456789" * 8))
    desk.say("Is the Printer on? See www.example.com/printer please")
    for person in (desk, carol):
        person.hears("Is the Printer on?")


@pytest.mark.parametrize("side", ["representative", "customer"])
def test_by_keyboard_alone(desk, carol, talk, side):
    person = desk if side == "representative" else carol
    opener(person).focus()
    person.page.keyboard.press("Enter")
    expect(field(person)).to_be_focused()
    person.page.keyboard.type("printer")

    finds(person, 2)
    expect(current(person)).to_contain_text("Is the Printer on?")
    expect(marked(person)).to_have_text(["printer", "Printer", "printer"])
    person.page.keyboard.press("Enter")
    finds(person, 2, place=2)
    expect(current(person)).to_have_text("The printer is offline")
    expect(line(person, "The printer is offline")).to_be_in_viewport(ratio=1)
    person.page.keyboard.press("Shift+Enter")
    finds(person, 2, place=1)
    expect(line(person, "Is the Printer on?")).to_be_in_viewport(ratio=1)
    # Behind the last follows the first.
    person.page.keyboard.press("Shift+Enter")
    finds(person, 2, place=2)

    person.page.keyboard.press("Escape")
    expect(bar(person)).to_be_hidden()
    expect(opener(person)).to_be_focused()
    expect(marked(person)).to_have_count(0)
    # A link is one again.
    expect(line(person, "Is the Printer on?").get_by_role("link")).to_have_text("www.example.com/printer")


def test_whatever_the_spelling(carol, talk, words):
    opener(carol).click()
    field(carol).fill("الطابعه")
    finds(carol, 1)
    expect(marked(carol)).to_have_text(["الطَّابعة"])
    field(carol).fill("offline PRINTER")
    finds(carol, 1)
    expect(current(carol)).to_have_text("The printer is offline")
    field(carol).fill("scanner")
    expect(bar(carol).get_by_role("status")).to_have_text(words("No message matches"))
    expect(marked(carol)).to_have_count(0)


def test_what_is_said_edited_and_deleted_meanwhile(desk, carol, words):
    desk.say("The first word")
    carol.hears("The first word")
    opener(carol).click()
    field(carol).fill("word")
    finds(carol, 1)

    desk.say("Another word")
    finds(carol, 2, place=2)
    expect(current(carol)).to_have_text("The first word")
    desk.message.press("ArrowUp")
    desk.say("Another")
    finds(carol, 1)
    line(desk, "The first word").hover()
    line(desk, "The first word").get_by_role("button", name=words("Delete message")).click()
    desk.page.get_by_role("button", name=words("Delete"), exact=True).click()
    expect(bar(carol).get_by_role("status")).to_have_text(words("No message matches"))


def test_a_late_customer_finds_nothing_of_an_earlier_one(desk, carol, customers, words):
    """E48."""
    carol.say("My secret word")
    desk.hears("My secret word")
    late = customers.join(desk.number, "Late")
    desk.say("Hello to both")
    late.hears("Hello to both")
    opener(late).click()
    field(late).fill("secret")
    expect(bar(late).get_by_role("status")).to_have_text(words("No message matches"))
    field(late).fill("hello")
    finds(late, 1)


def test_it_is_among_the_commands(desk, words):
    desk.say("Hello")
    desk.hears("Hello")
    desk.page.keyboard.press("Control+k")
    desk.page.keyboard.type(words("Search in the chat"))
    desk.page.keyboard.press("Enter")
    expect(field(desk)).to_be_focused()


def test_on_a_phone(desk, carol, talk):
    carol.page.set_viewport_size(PHONE)
    opener(carol).click()
    field(carol).fill("printer")
    finds(carol, 2)
    buttons = bar(carol).get_by_role("button")
    expect(buttons).to_have_count(3)
    for button in buttons.all():
        box = button.bounding_box()
        assert box["width"] >= 24
        assert box["height"] >= 24
        assert 0 <= box["x"] <= PHONE["width"] - box["width"]
    buttons.first.click()
    finds(carol, 2, place=2)
