"""The door: admitted by hand (E37), shut when the maximum is reached (E31); and how somebody is shown out."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Customer


@pytest.fixture
def by_hand(site):
    site.decide(admit_by_hand=True)
    yield
    site.decide(admit_by_hand=False)


@pytest.fixture
def desk(bilal):
    return bilal.start()


def at_the_door(customers, number, name, words):
    customer = Customer.at_the_door(customers.stranger())
    customer.fill_in(number, name)
    expect(customer.page.get_by_role("heading", name=words("You will be let in shortly"))).to_be_visible()
    customer.is_live()
    return customer


@pytest.mark.usefixtures("by_hand")
def test_lobby_lets_one_in_and_turns_another_away(desk, customers, words, watch):
    watch.expect("status of 410")
    carol = at_the_door(customers, desk.number, "Carol", words)
    omar = at_the_door(customers, desk.number, "Omar", words)

    desk.page.get_by_role("button", name=f"{words('Let in')} Carol", exact=True).click()
    carol.is_let_in()
    carol.say("Here I am")
    desk.hears("Here I am")

    desk.page.get_by_role("button", name=f"{words('Turn away')} Omar", exact=True).click()
    expect(omar.page.get_by_role("heading", name=words("You are no longer in this session"))).to_be_visible()
    expect(desk.participant("Omar")).to_have_count(0)


def test_who_is_removed_is_told(desk, customers, words, watch):
    # Their page may still be asking for a part of itself.
    watch.expect("status of 410")
    carol = customers.join(desk.number)

    desk.participant("Carol").get_by_role("button", name=words("Remove %(name)s") % {"name": "Carol"}).click()
    desk.page.get_by_role("dialog").get_by_role("button", name=words("Remove"), exact=True).click()

    expect(carol.page.get_by_role("heading", name=words("You are no longer in this session"))).to_be_visible()
    expect(desk.participant("Carol")).to_have_count(0)


def test_who_is_removed_stays_out_by_what_the_primary_chooses(desk, customers, words, watch):
    watch.expect("status of 410")
    watch.expect("status of 404")
    number = desk.number
    carol = customers.join(number)
    desk.participant("Carol").get_by_role("button", name=words("Remove %(name)s") % {"name": "Carol"}).click()
    dialog = desk.page.get_by_role("dialog")
    # By keyboard: what is done by Enter is at hand, and the choices are before it.
    expect(dialog.get_by_role("button", name=words("Remove"), exact=True)).to_be_focused()
    for choice in ("New number", "Lobby for new customers"):
        dialog.get_by_role("checkbox", name=words(choice), exact=True).focus()
        desk.page.keyboard.press("Space")
    dialog.get_by_role("button", name=words("Remove"), exact=True).press("Enter")

    expect(carol.page.get_by_role("heading", name=words("You are no longer in this session"))).to_be_visible()
    expect(desk.page.locator("[data-session-number]")).not_to_have_text(number)
    expect(desk.page).to_have_title(re.compile(re.escape(desk.number)))
    desk.unfold_participants()
    expect(desk.page.get_by_text(words("New customers wait until you let them in."))).to_be_visible()

    again = Customer.at_the_door(carol.person)
    again.fill_in(number, "Carol")
    told = words("There is no running session with this number. Check the nine digits with your representative.")
    expect(again.page.get_by_text(told)).to_be_visible()
    again.fill_in(desk.number, "Carol")
    expect(again.page.get_by_role("heading", name=words("You are no longer in this session"))).to_be_visible()
    lina = at_the_door(customers, desk.number, "Lina", words)

    desk.page.get_by_role("button", name=words("Close the lobby"), exact=True).click()
    expect(desk.page.get_by_text(words("New customers wait until you let them in."))).to_have_count(0)
    desk.page.get_by_role("button", name=f"{words('Let in')} Lina", exact=True).click()
    lina.is_let_in()
    customers.join(desk.number, "Omar")


def test_choices_begin_with_nothing_chosen(desk, customers, words):
    customers.join(desk.number, "Carol")
    customers.join(desk.number, "Omar")
    dialog = desk.page.get_by_role("dialog")
    desk.participant("Carol").get_by_role("button", name=words("Remove %(name)s") % {"name": "Carol"}).click()
    dialog.get_by_role("checkbox", name=words("New number"), exact=True).check()
    dialog.get_by_role("button", name=words("Cancel"), exact=True).click()

    desk.participant("Omar").get_by_role("button", name=words("Remove %(name)s") % {"name": "Omar"}).click()

    expect(dialog.get_by_role("checkbox", name=words("New number"), exact=True)).not_to_be_checked()
    dialog.get_by_role("button", name=words("Cancel"), exact=True).click()


def test_primary_is_told_of_a_join_over_the_maximum(faris, customers, words, watch):
    watch.expect("status of 409")
    desk = faris.start()
    customers.join(desk.number, "Carol")
    omar = Customer.at_the_door(customers.stranger())

    omar.fill_in(desk.number, "Omar")

    expect(omar.page.get_by_role("heading", name=words("Please try again in a few minutes"))).to_be_visible()
    told = words("{name} could not join: the maximum number of customers is reached.", name="Omar")
    expect(desk.page.get_by_text(told)).to_be_visible()
