"""The customer's yes and no (E15, E33, E36)."""

from playwright.sync_api import expect

from tests.browser.media.people import until

BLUE = (0, 0, 255)
SCREEN = "Carol’s screen"


def test_decline_is_told_and_nothing_is_shown(cast):
    desk = cast.starts("bilal")
    carol = cast.joins_with_tab(desk.number)
    desk.asks_for_desktop()

    carol.declines()

    desk.is_told("declined")
    expect(carol.page.get_by_role("alertdialog")).to_have_count(0)
    assert desk.tiles.count() == 0


def test_what_is_asked_lies_under_no_open_menu(cast):
    desk = cast.starts("bilal")
    carol = cast.joins_with_tab(desk.number)
    carol.page.get_by_role("button", name="Participants").click()
    expect(carol.page.locator(":popover-open")).to_have_count(1)

    desk.asks_for_desktop()

    expect(carol.page.get_by_role("alertdialog")).to_be_visible()
    expect(carol.page.locator(":popover-open")).to_have_count(0)


def test_a_request_nobody_answers_is_over_by_itself(cast, admin_decides):
    admin_decides(answer_seconds=3)
    desk = cast.starts("bilal")
    carol = cast.joins_with_tab(desk.number)

    desk.asks_for_desktop()
    expect(carol.page.get_by_role("alertdialog")).to_be_visible()

    desk.is_told("did not answer in time")
    expect(carol.page.get_by_role("alertdialog")).to_have_count(0)
    assert desk.tiles.count() == 0


def test_allow_all_asks_no_more_until_a_new_primary_does(cast):
    desk = cast.starts("bilal")
    carol = cast.joins_with_tab(desk.number)
    assistant = cast.assists("amal", desk.number)
    desk.asks_for_desktop()
    carol.allows(all_session=True)
    desk.sees(SCREEN, BLUE)
    carol.stops()
    desk.sees_nothing()

    # The browser still wants a press before it shows a screen: one, and no question.
    desk.asks_for_application()
    carol.button("Choose…").click()
    desk.sees(SCREEN, BLUE)

    desk.transfers_control_to("Amal Haddad")
    desk.sees_nothing()
    assistant.asks_for_desktop()
    expect(carol.page.get_by_role("alertdialog")).to_contain_text("Amal Haddad")
    carol.allows()
    assistant.sees(SCREEN, BLUE)


def test_withdrawn_in_the_middle_it_stops_and_the_receipt_says_so(cast):
    desk = cast.starts("bilal")
    carol = cast.joins_with_tab(desk.number)
    desk.asks_for_desktop()
    carol.allows(all_session=True)
    desk.sees(SCREEN, BLUE)

    carol.button("My permissions").click()
    expect(carol.page.get_by_text("You allowed everything that Bilal Nasser asked for in this session")).to_be_visible()
    carol.button("Withdraw all permissions").click()

    desk.sees_nothing()
    desk.is_told("withdrew the permission")
    desk.end()
    carol.is_thanked()
    expect(carol.page.get_by_role("heading", name="Receipt of your support session")).to_be_visible()
    with carol.page.expect_download() as saved:
        carol.page.get_by_role("link", name="Save the receipt").click()
    text = saved.value.path().read_text()
    assert "You let Bilal Nasser see your screen, " in text
    assert "you withdrew it at" in text


def test_customer_in_the_middle_of_a_share_reloads_and_goes_on(cast):
    desk = cast.starts("bilal")
    carol = cast.joins_with_tab(desk.number)
    desk.asks_for_desktop()
    carol.allows()
    desk.sees(SCREEN, BLUE)

    carol.reload()
    desk.sees_nothing()
    carol.button("Continue").click()

    desk.sees(SCREEN, BLUE)


def test_customer_who_leaves_takes_the_picture_along(cast):
    desk = cast.starts("bilal")
    carol = cast.joins_with_tab(desk.number)
    desk.asks_for_desktop()
    carol.allows()
    desk.sees(SCREEN, BLUE)

    carol.button("Leave session").click()
    carol.page.get_by_role("dialog").get_by_role("button", name="Leave session").click()

    desk.sees_nothing()


def test_browsers_own_no_is_told_to_both(cast):
    desk = cast.starts("bilal")
    carol = cast.joins(desk.number, "Carol", "--use-fake-ui-for-media-stream=deny")
    desk.asks_for_desktop()

    carol.allows()

    carol.is_told("Nothing was shared")
    desk.is_told("without choosing anything to share")
    assert until(lambda: desk.page.get_by_text("Waiting for Carol’s answer").count() == 0)


def test_phone_is_not_asked_for_its_screen_but_for_its_camera(cast, browser):
    desk = cast.starts("bilal")
    carol = cast.joins(
        desk.number,
        "Carol",
        user_agent="Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/156.0.0.0 Mobile Safari/537.36",
        is_mobile=True,
        has_touch=True,
        viewport={"width": 390, "height": 844},
    )
    desk.tab("Desktop")
    expect(desk.page.get_by_text("cannot share its screen").first).to_be_visible()
    expect(desk.button("View customer's desktop")).to_be_disabled()

    desk.button("Ask for the camera instead").click()
    carol.allows()

    assert until(lambda: desk.colour("Carol’s camera") is not None)
    expect(carol.button("Switch camera")).to_be_visible()
