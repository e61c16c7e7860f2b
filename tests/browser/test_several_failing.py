"""The multi-session window while requests fail: no session ends because one of them did (S44, E1, E34)."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.beside import FailedError
from tests.browser.media.people import until
from tests.browser.wire import Wire

# A primary whose page is away for good ends the session; one whose page is there does not.
IS_HELD = """
from sessions_app.models import SupportSession
primary = SupportSession.objects.open().get(key={key!r}).primary
assert primary.away_since is None
"""


@pytest.fixture
def wire(site, watch):
    watch.expect(r"status of 502")
    with Wire(site) as wire:
        yield wire


@pytest.fixture
def desk(wire, new_csr):
    """Amal's multi-session window."""
    desk = new_csr("amal", by=wire).start()
    desk.is_live()
    return desk


@pytest.fixture
def carol(desk, customers):
    """In the first session."""
    carol = customers.join(desk.number, "Carol")
    expect(tab(desk, "Carol")).to_be_visible()
    return carol


@pytest.fixture
def second(desk, carol, words):
    """A further session, which is selected: its key."""
    desk.page.get_by_role("button", name=words("New session"), exact=True).click()
    expect(tabs(desk)).to_have_count(2)
    expect(tabs(desk).last).to_have_attribute("aria-selected", "true")
    desk.is_live()
    return re.search(r"/sessions/([^/]+)/", desk.page.url)[1]


def tabs(desk):
    return desk.page.locator("[data-session-tabs]").get_by_role("tab")


def tab(desk, name):
    return desk.page.get_by_role("tab", name=re.compile(name))


def title_has(desk, number):
    return expect(desk.page).to_have_title(re.compile(re.escape(number)))


def is_held(site, key):
    try:
        site.run(IS_HELD.format(key=key))
    except FailedError:
        return False
    return True


def test_a_room_that_does_not_come_is_asked_for_until_it_does(desk, carol, second, wire, site, words):
    wire.spoil("/room/")
    with desk.is_asked_before_leaving():
        desk.page.reload()
    expect(tab(desk, "Carol")).to_contain_text(words("Reconnecting…"))
    assert until(lambda: is_held(site, desk.key))
    tab(desk, "Carol").click()
    expect(desk.page.get_by_role("heading", name=words("The session is opening"))).to_be_visible()
    carol.say("Is anybody there?")

    wire.mend()

    desk.hears("Is anybody there?")
    expect(tab(desk, "Carol")).to_have_attribute("aria-selected", "true")
    expect(tab(desk, "Carol")).not_to_contain_text(words("Reconnecting…"), use_inner_text=True)
    carol.say("There you are")
    desk.hears("There you are")


def test_a_session_that_ends_before_its_room_has_come_goes_with_a_word(desk, carol, second, wire, site, words):
    number = tabs(desk).first.get_attribute("data-number")
    wire.spoil("/room/")
    with desk.is_asked_before_leaving():
        desk.page.reload()
    expect(tab(desk, "Carol")).to_contain_text(words("Reconnecting…"))

    desk.person.end(desk.key, site)

    expect(desk.page.locator("[data-toast-text]")).to_contain_text(number)
    expect(tabs(desk)).to_have_count(1)


def test_a_further_customer_is_heard_though_the_room_fails_at_first(desk, carol, wire, customers, words):
    number = desk.number
    wire.spoil("/room/", times=2)
    omar = customers.join(number, "Omar")
    omar.say("I am Omar")

    expect(tab(desk, "Omar")).to_have_attribute("data-count", "1")
    tab(desk, "Omar").click()
    desk.hears("I am Omar")
    assert len(wire.spoilt) == 2


def test_line_that_comes_while_its_room_is_on_its_way_counts_once(desk, carol, customers):
    heard, drawn = [], []
    desk.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(frame)))
    desk.page.route("**/room/", lambda route: drawn.append((route, route.fetch())))
    omar = customers.join(desk.number, "Omar")
    assert until(lambda: desk.page.title() and drawn)
    omar.say("I am Omar")
    assert until(lambda: desk.page.title() and any("I am Omar" in str(frame) for frame in heard))
    for route, response in drawn:
        route.fulfill(response=response)

    expect(tab(desk, "Omar")).to_have_attribute("data-count", "1")
    tab(desk, "Omar").click()
    desk.hears("I am Omar")


def test_tab_names_a_customer_who_came_while_its_room_was_on_its_way(desk, customers, words):
    number, held = desk.number, []
    desk.page.get_by_role("button", name=words("New session"), exact=True).click()
    expect(tabs(desk)).to_have_count(2)
    expect(tabs(desk).last).to_have_attribute("aria-selected", "true")
    desk.is_live()
    desk.page.route("**/room/", lambda route: held.append(route))
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.page.reload()
    assert until(lambda: desk.page.title() and held)
    customers.join(number, "Omar")
    expect(tab(desk, "Omar")).to_have_count(0)
    held[0].continue_()

    expect(tab(desk, "Omar")).to_be_visible()


def test_a_further_customer_opens_no_tab_for_an_assistant(desk, carol, faris, customers):
    assistant = faris.assist(desk.number)
    assistant.is_live()
    customers.join(desk.number, "Omar")
    expect(tab(desk, "Omar")).to_be_visible()

    carol.say("I am still here")
    assistant.hears("I am still here")
    expect(tabs(assistant)).to_have_count(1)


def test_offers_are_asked_for_until_they_come(wire, new_csr):
    wire.spoil("/webacd/inbox/regions/console/", times=2)
    desk = new_csr("bilal", by=wire).start()
    expect(desk.page.locator("[data-agent-bar]")).to_have_attribute("data-connection", "live")
    assert len(wire.spoilt) == 2


def test_the_title_is_that_of_the_session_that_is_shown(desk, carol, second, words):
    first, last = (each.get_attribute("data-number") for each in tabs(desk).all())
    title_has(desk, last)
    tabs(desk).first.click()
    title_has(desk, first)
    tabs(desk).last.click()
    desk.page.locator("[data-room]:not([hidden])").get_by_role(
        "button", name=words("End session"), exact=True
    ).first.click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("button", name=words("End session"), exact=True).click()
    expect(tabs(desk)).to_have_count(1)
    title_has(desk, first)


def test_assistants_go_home_with_a_word_when_the_primary_ends(bilal, faris, customers, words):
    desk = bilal.start()
    number = desk.number
    assistant = faris.assist(number)
    assistant.is_live()
    desk.end()

    expect(assistant.page).to_have_url(assistant.person.site.url + "/")
    sentence = words("{name} has ended session {number}.", name="Bilal Nasser", number=number)
    expect(assistant.page.locator("[data-toast-text]")).to_have_text(sentence)
    expect(desk.page.locator("[data-toast-text]")).to_have_count(0)
