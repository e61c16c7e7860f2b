"""View customer's desktop: asked, allowed, seen by everybody, followed, stopped."""

import re

from playwright.sync_api import expect

BLUE, GREEN = (0, 0, 255), (0, 160, 0)
SCREEN = "Carol’s screen"


def test_customers_screen_is_asked_for_allowed_and_seen_by_two(cast):
    desk = cast.starts("bilal")
    carol = cast.joins_with_tab(desk.number)
    assistant = cast.assists("amal", desk.number)

    desk.asks_for_desktop()
    carol.allows()

    for viewer in (desk, assistant):
        viewer.sees(SCREEN, BLUE)
    carol.turns_work("rgb(0,160,0)")
    for viewer in (desk, assistant):
        viewer.sees(SCREEN, GREEN)

    # What was really chosen is named: a browser tab, though the desktop was asked for.
    seen = re.compile("Bilal Nasser.* and .*Amal Haddad.* can see one browser tab of yours.")
    expect(carol.page.get_by_text(seen)).to_be_visible()
    expect(desk.page.get_by_text("Carol is sharing a browser tab.")).to_be_visible()

    carol.stops()
    for viewer in (desk, assistant):
        viewer.sees_nothing()
    expect(carol.page.get_by_text("No one can see your screen unless you allow it.")).to_be_visible()


def test_the_empty_stage_leads_to_the_customers_screen_and_to_a_call(cast):
    desk = cast.starts("bilal")
    carol = cast.joins_with_tab(desk.number)

    desk.button("See Carol’s screen").click()
    expect(desk.button("See Carol’s screen")).to_be_disabled()
    carol.allows()
    desk.sees(SCREEN, BLUE)
    carol.stops()
    desk.button("Call").click()

    expect(desk.page.locator("[data-call-toggle][aria-pressed=true]:visible")).to_have_count(1)
    expect(desk.button("Call")).to_have_count(0)
