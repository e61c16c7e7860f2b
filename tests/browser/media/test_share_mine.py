"""Share my desktop: all see it (S41); it ends at a switch (S42), a transfer (S65), with its source and its sharer."""

import pytest
from playwright.sync_api import expect

from tests.browser.media.people import until

RED, GREEN = (255, 0, 0), (0, 160, 0)
SCREEN = "Bilal Nasser’s screen"


@pytest.fixture
def desk(cast):
    return cast.starts_with_tab("bilal")


def shared(cast, desk):
    """The desktop of `desk`, seen by a customer and an assistant."""
    carol = cast.joins(desk.number)
    assistant = cast.assists("amal", desk.number)
    expect(desk.participant("Amal Haddad")).to_be_visible()
    desk.shares_desktop()
    for viewer in (carol, assistant):
        viewer.sees(SCREEN, RED)
    return carol, assistant


def test_all_see_it_and_it_is_gone_when_the_shared_tab_closes(cast, desk):
    carol, assistant = shared(cast, desk)
    desk.turns_work("rgb(0,160,0)")
    for viewer in (carol, assistant):
        viewer.sees(SCREEN, GREEN)
    expect(carol.page.get_by_text("Bilal Nasser is sharing a browser tab.")).to_be_visible()

    desk.work.close()

    for viewer in (carol, assistant):
        viewer.sees_nothing()
    expect(desk.button("Stop sharing")).to_have_count(0)


def test_late_joiner_sees_it_and_switching_the_customer_ends_it(cast, desk):
    carol, _assistant = shared(cast, desk)

    omar = cast.joins(desk.number, "Omar")
    omar.sees(SCREEN, RED)

    desk.helps("Omar")
    for viewer in (carol, omar):
        viewer.sees_nothing()
    expect(desk.button("Stop sharing")).to_have_count(0)
    assert desk.page.evaluate("document.querySelector('[data-stage-live]').hidden")


def test_after_a_transfer_nothing_is_shared_or_sent(cast, desk):
    carol, assistant = shared(cast, desk)

    desk.transfers_control_to("Amal Haddad")

    expect(assistant.page.locator("[data-in-control]").first).to_be_attached()
    for viewer in (carol, assistant, desk):
        viewer.sees_nothing()
    # The camera sign of the former primary's browser goes out: their tracks have ended, not only the picture.
    expect(desk.button("Stop sharing")).to_have_count(0)
    expect(assistant.page.get_by_role("tab", name="Desktop")).to_be_visible()


def test_sharer_who_crashes_leaves_no_frozen_picture(cast, desk):
    carol, assistant = shared(cast, desk)

    desk.page.context.browser.close()

    for viewer in (carol, assistant):
        assert until(lambda viewer=viewer: viewer.colour(SCREEN) is None)


def test_viewer_who_reloads_sees_it_again(cast, desk):
    carol, _assistant = shared(cast, desk)

    carol.reload()

    carol.sees(SCREEN, RED)


def test_sharer_who_reloads_is_asked_to_go_on(cast, desk):
    carol, _assistant = shared(cast, desk)
    desk.page.once("dialog", lambda dialog: dialog.accept())
    desk.reload()
    carol.sees_nothing()

    desk.button("Continue").click()

    carol.sees(SCREEN, RED)
