"""What the customer's page says and asks (E33, E36), in either language; the representative reads English."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.media.people import until
from tests.browser.words import Words

BLUE = (0, 0, 255)
SCREEN = "Carol’s screen"
# Names are set apart by signs that nobody sees.
SEEN = re.compile("Bilal Nasser.* and .*Amal Haddad.* can see one browser tab of yours.")
NO_ONE = "No one can see your screen unless you allow it."


@pytest.fixture(params=["en", "ar"])
def say(request):
    return Words(request.param)


def asked(desk, carol):
    desk.asks_for_desktop()
    box = carol.page.get_by_role("alertdialog")
    expect(box).to_be_visible()
    return box


def seconds_in(box):
    return int(re.search(r"\d+", box.get_by_role("timer").inner_text())[0])


def test_a_reason_for_declining_is_told_in_the_representatives_language(cast, say):
    desk = cast.starts("bilal")
    carol = cast.joins(desk.number, language=say.language)

    box = asked(desk, carol)
    first = seconds_in(box)
    assert 50 <= first <= 60
    assert until(lambda: seconds_in(box) < first)
    box.get_by_text(say("Decline and say why")).click()
    box.get_by_role("button", name=say("It is private"), exact=True).click()
    expect(box).to_have_count(0)
    desk.is_told("Carol declined. “It is private”")

    box = asked(desk, carol)
    box.get_by_text(say("Decline and say why")).click()
    box.get_by_label(say("Your reason")).fill("The <b>bank</b> is open")
    box.get_by_role("button", name=say("Decline with this reason"), exact=True).click()
    expect(box).to_have_count(0)
    desk.is_told("Carol declined. “The <b>bank</b> is open”")


def test_a_call_names_its_caller_who_is_told_that_it_was_declined(cast, say):
    desk = cast.starts("bilal")
    carol = cast.joins(desk.number, language=say.language)
    desk.button("Voice call").click()

    call = carol.page.get_by_role("region", name=say("Voice call"))
    named = say("<bdi data-caller></bdi> is calling").replace("<bdi data-caller></bdi>", "Bilal Nasser")
    expect(call.get_by_text(named)).to_be_visible()
    call.get_by_role("button", name=say("Decline"), exact=True).click()

    expect(call).to_be_hidden()
    desk.is_told("Carol declined the voice call.")


def test_one_sentence_says_who_sees_what_and_a_transfer_says_why_it_stopped(cast):
    desk = cast.starts("bilal")
    carol = cast.joins_with_tab(desk.number, viewport={"width": 390, "height": 844})
    cast.assists("amal", desk.number)
    bar = carol.page.get_by_role("banner")
    expect(carol.page.get_by_text(NO_ONE)).to_have_count(1)
    desk.asks_for_desktop()
    carol.allows()
    desk.sees(SCREEN, BLUE)

    expect(bar.get_by_text(SEEN)).to_be_visible()
    expect(carol.page.get_by_text(NO_ONE)).to_have_count(0)
    assert carol.tiles.bounding_box()["width"] < 200
    expect(carol.page.get_by_role("banner")).to_have_count(1)
    assert bar.bounding_box()["height"] < 130
    assert carol.page.evaluate("document.documentElement.scrollWidth") == 390

    desk.transfers_control_to("Amal Haddad")
    told = carol.page.get_by_text(
        "Amal Haddad is helping you now. Sharing stopped because Bilal Nasser handed over to Amal Haddad"
    )
    expect(told).to_be_visible()
    expect(carol.page.get_by_text(NO_ONE)).to_have_count(1)
    carol.page.locator("[data-handover-close]").click()
    expect(told).to_be_hidden()
