"""The tour of the dashboard: offered once to who is new, found among the commands, and never in the way."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from tests.browser.site import PASSWORD

NEWCOMER = """
from supportcenter.accounts.models import CsrPrivileges, User
user = User.objects.create_user({username!r}, password={password!r}, first_name="Nora")
CsrPrivileges.objects.create(user=user, multi_session=True)
"""
NUMBERS = itertools.count()
STEPS = [
    "Bring the customer in",
    "Your tools",
    "Who is here, and what is shown",
    "Chat, customer, notes, files",
    "Hand over, or finish",
]


@pytest.fixture
def newcomer(site, new_csr):
    """A representative who has never been in a session."""
    username = f"nora{next(NUMBERS)}"
    site.run(NEWCOMER.format(username=username, password=PASSWORD))
    return new_csr(username)


# In one look: they are drawn again whenever something moves.
IS_RINGED = """(part) => {
  const near = (one, other) => ["x", "y", "width", "height"].every((each) => Math.abs(one[each] - other[each]) < 2);
  const rings = [...document.querySelectorAll(".tour-ring")].map((ring) => ring.getBoundingClientRect());
  return rings.some((ring) => near(ring, part.getBoundingClientRect()));
}"""
IS_IN_SIGHT = """() => {
  const { top, bottom } = document.querySelector(".tour-ring").getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}"""


class Tour:
    def __init__(self, page, words):
        self.page, self.words = page, words

    @property
    def card(self):
        return self.page.locator("[data-tour]")

    def button(self, name):
        return self.card.get_by_role("button", name=name, exact=True)

    def is_at(self, place, count=5):
        title = self.words(STEPS[place - 1])
        expect(self.page.get_by_role("dialog", name=title, exact=True)).to_be_visible()
        expect(self.card).to_contain_text(self.words("Step {place} of {count}").format(place=place, count=count))
        self.is_in_the_window()

    def is_in_the_window(self):
        box, view = self.card.bounding_box(), self.page.viewport_size
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= view["width"]
        assert box["y"] + box["height"] <= view["height"]

    def points_at(self, part):
        """A ring is around this part."""
        part.wait_for()
        self.page.wait_for_function(IS_RINGED, arg=part.element_handle())

    def next(self):
        self.button(self.words("Next", context="tour")).click()


def place(part):
    return part.evaluate("(part) => JSON.stringify(part.getBoundingClientRect())")


def test_who_is_new_is_offered_it_once(newcomer, words):
    desk = newcomer.start()
    page = desk.page
    desk.is_live()
    offer = page.locator("[data-tour-offer]")
    expect(offer).to_be_visible()
    number = page.locator(".stage .stage__number")
    before = place(number)
    offer.get_by_role("button", name=words("No, thanks"), exact=True).click()
    expect(offer).to_be_hidden()
    assert place(number) == before
    expect(page.get_by_text(words(LATER))).to_be_visible()
    expect(page.locator("[data-tour]")).to_be_hidden()
    desk.reload()
    expect(offer).to_be_hidden()
    desk.end()


LATER = "The tour can be started at any time: in the menu of the site, or from the list of commands (Ctrl K)."


def test_who_has_been_in_a_session_is_not_offered_it(newcomer):
    newcomer.start().end()
    again = newcomer.start()
    again.is_live()
    expect(again.page.locator("[data-tour-offer]")).to_have_count(0)


def test_it_goes_from_part_to_part_and_the_session_goes_on(newcomer, customers, words):
    desk = newcomer.start()
    page = desk.page
    desk.is_live()
    page.locator("[data-tour-offer]").get_by_role("button", name=words("Start the tour"), exact=True).click()
    tour = Tour(page, words)
    tour.is_at(1)
    tour.points_at(page.locator(".number-chip"))
    expect(tour.button(words("Back", context="tour"))).to_be_hidden()
    tour.next()
    tour.is_at(2)
    tour.points_at(page.locator(".tools"))
    # Another tab of the tools, a customer who joins: all of it goes on underneath.
    page.get_by_role("tab", name=words("Session"), exact=True).click()
    carol = customers.join(desk.number)
    carol.is_live()
    expect(page.locator("[data-helped]")).to_have_text("Carol")
    tour.is_at(2)
    tour.next()
    tour.is_at(3)
    tour.points_at(page.locator(".stage"))
    tour.points_at(page.locator("[data-people-here]"))
    tour.next()
    tour.is_at(4)
    desk.say("Welcome")
    carol.hears("Welcome")
    tour.button(words("Back", context="tour")).click()
    tour.is_at(3)
    tour.next()
    tour.next()
    tour.is_at(5)
    expect(tour.button(words("Next", context="tour"))).to_be_hidden()
    tour.button(words("Done", context="tour")).click()
    expect(tour.card).to_be_hidden()
    expect(page.locator(".tour-ring")).to_have_count(0)
    expect(page.locator("[data-tour-offer]")).to_be_hidden()


def test_by_keyboard_alone(bilal, words):
    desk = bilal.start()
    page, keys = desk.page, desk.page.keyboard
    desk.is_live()
    desk.message.focus()
    keys.press("Control+k")
    expect(page.get_by_role("dialog", name=words("Commands"))).to_be_visible()
    keys.type(words("Tour of the dashboard"))
    keys.press("Enter")
    tour = Tour(page, words)
    tour.is_at(1)
    expect(tour.button(words("Next", context="tour"))).to_be_focused()
    for at in (2, 3, 4):
        keys.press("Enter")
        tour.is_at(at)
        said = page.locator('[data-announcer="polite"]')
        expect(said).to_contain_text(words(STEPS[at - 1]))
    keys.press("Enter")
    tour.is_at(5)
    # The button that was pressed is gone.
    expect(tour.button(words("Done", context="tour"))).to_be_focused()
    keys.press("Shift+Tab")
    keys.press("Enter")
    tour.is_at(4)
    # What lies over it is closed first.
    keys.press("Control+k")
    expect(page.get_by_role("dialog", name=words("Commands"))).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_role("dialog", name=words("Commands"))).to_be_hidden()
    tour.is_at(4)
    keys.press("Escape")
    expect(tour.card).to_be_hidden()
    expect(desk.message).to_be_focused()


def test_from_the_menu_of_the_site_on_a_phone(newcomer, words):
    desk = newcomer.start()
    page = desk.page
    page.set_viewport_size({"width": 390, "height": 844})
    desk.is_live()
    desk.unfold_site().get_by_role("button", name=words("Tour of the dashboard"), exact=True).click()
    expect(page.locator("#site-menu")).to_be_hidden()
    tour = Tour(page, words)
    for at in range(1, 6):
        tour.is_at(at)
        page.wait_for_function(IS_IN_SIGHT)
        if at < 5:
            tour.next()
    tour.button(words("Close the tour")).click()
    expect(tour.card).to_be_hidden()


def test_what_is_not_there_is_left_out(newcomer, words):
    desk = newcomer.start()
    page = desk.page
    desk.is_live()
    page.locator(".drawer").evaluate("(drawer) => drawer.remove()")
    page.locator("[data-tour-offer] [data-starts-tour]").click()
    tour = Tour(page, words)
    tour.is_at(1, count=4)
    for _ in range(3):
        tour.next()
    expect(tour.card).to_contain_text(words("Step {place} of {count}").format(place=4, count=4))
    expect(page.get_by_role("dialog", name=words(STEPS[4]))).to_be_visible()


def test_another_tab_of_the_window_is_pointed_at_as_soon_as_it_is_shown(amal, words):
    desk = amal.start()
    page = desk.page
    page.get_by_role("button", name=words("New session")).click()
    tabs = page.locator("[data-session-tabs] [role=tab]")
    expect(tabs).to_have_count(2)
    expect(tabs.nth(1)).to_have_attribute("data-connection", "live")
    page.keyboard.press("Control+k")
    page.keyboard.type(words("Tour of the dashboard"))
    page.keyboard.press("Enter")
    tour = Tour(page, words)
    tour.is_at(1)
    tabs.nth(0).click()
    expect(page).to_have_url(re.compile(tabs.nth(0).get_attribute("data-session")))
    tour.is_at(1)
    tour.points_at(page.locator("[data-room]:not([hidden]) .number-chip"))
